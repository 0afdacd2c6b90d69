package io.winnow.jobs.format;

import java.util.HashMap;
import java.util.Map;

/** Counts the records of a topic that cannot be read. */
public final class UnreadableTally {
  private final Map<String, Long> byReason = new HashMap<>();
  private final Map<String, String> examples = new HashMap<>();

  public void add(SourceRecord record, String reason, String message) {
    byReason.merge(reason, 1L, Long::sum);
    examples.computeIfAbsent(
        reason,
        first ->
            "partition %d, offset %d: %s".formatted(record.partition(), record.offset(), message));
  }

  public UnreadableCounts counts() {
    return new UnreadableCounts(byReason, examples);
  }
}
