package io.winnow.jobs.format;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Records of a topic that are no enriched events, or not fit for what is done with them.
 *
 * @param byReason how many there are, by the code of the reason
 * @param examples the first of each reason, in words
 */
public record UnreadableCounts(Map<String, Long> byReason, Map<String, String> examples) {
  public static final UnreadableCounts NONE = new UnreadableCounts(Map.of(), Map.of());

  public UnreadableCounts {
    byReason = Collections.unmodifiableMap(new TreeMap<>(byReason));
    examples = Collections.unmodifiableMap(new TreeMap<>(examples));
  }

  public long sum() {
    return byReason.values().stream().mapToLong(Long::longValue).sum();
  }

  /** Returns a sentence for each reason. */
  public List<String> sentences(String topic) {
    return byReason.entrySet().stream()
        .map(
            reason ->
                "topic '%s' has records that are not read, %d of them %s; the first is at %s"
                    .formatted(
                        topic, reason.getValue(), reason.getKey(), examples.get(reason.getKey())))
        .toList();
  }
}
