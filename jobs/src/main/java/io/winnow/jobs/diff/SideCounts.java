package io.winnow.jobs.diff;

import io.winnow.jobs.format.UnreadableCounts;
import java.util.Map;

/**
 * What became of the records of one topic that are not compared.
 *
 * @param records all that were read
 * @param only records whose source position the other topic does not have
 * @param doubled records whose source position came before: the first one counts
 * @param late records that come so late behind their neighbours that their partner is not kept
 */
public record SideCounts(
    String topic, long records, long only, long doubled, long late, UnreadableCounts unreadable) {
  public long unreadables() {
    return unreadable.sum();
  }

  /** Returns how many are unreadable, by the code of the reason. */
  public Map<String, Long> unreadableByReason() {
    return unreadable.byReason();
  }
}
