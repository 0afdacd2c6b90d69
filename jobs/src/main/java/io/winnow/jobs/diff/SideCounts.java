package io.winnow.jobs.diff;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * What became of the records of one topic that are not compared.
 *
 * @param records all that were read
 * @param only records whose source position the other topic does not have
 * @param doubled records whose source position came before: the first one counts
 * @param late records that come so late behind their neighbours that their partner is not kept
 * @param unreadable records that are no enriched events, by the code of the reason
 * @param examples the first of them of each reason, in words
 */
public record SideCounts(
    String topic,
    long records,
    long only,
    long doubled,
    long late,
    Map<String, Long> unreadable,
    Map<String, String> examples) {
  public SideCounts {
    unreadable = Collections.unmodifiableMap(new TreeMap<>(unreadable));
    examples = Collections.unmodifiableMap(new TreeMap<>(examples));
  }

  public long unreadables() {
    return unreadable.values().stream().mapToLong(Long::longValue).sum();
  }
}
