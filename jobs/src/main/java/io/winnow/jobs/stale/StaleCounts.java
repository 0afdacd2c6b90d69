package io.winnow.jobs.stale;

import io.winnow.jobs.format.UnreadableCounts;

/**
 * What a range of an enriched topic holds.
 *
 * @param records all of it
 * @param stale events of the source that the present models did not enrich, each counted once
 * @param others enriched events of other source topics, and such without an enrichment of a name
 *     that the pipeline has
 * @param unreadable records that are no enriched events, or do not hold what was enriched
 */
public record StaleCounts(long records, long stale, long others, UnreadableCounts unreadable) {
  public long unreadables() {
    return unreadable.sum();
  }
}
