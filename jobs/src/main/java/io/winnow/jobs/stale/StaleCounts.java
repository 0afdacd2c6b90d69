package io.winnow.jobs.stale;

import io.winnow.jobs.format.UnreadableCounts;

/**
 * What an enriched topic holds.
 *
 * @param records all that were read
 * @param stale events of the source that the present models did not enrich, each counted once
 * @param others enriched events of other source topics
 * @param unreadable records that are no enriched events, or do not hold what was enriched
 */
public record StaleCounts(long records, long stale, long others, UnreadableCounts unreadable) {}
