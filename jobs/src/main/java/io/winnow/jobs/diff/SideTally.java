package io.winnow.jobs.diff;

import io.winnow.jobs.format.SourceRecord;
import java.util.Map;
import java.util.TreeMap;

/** Counts the records of one topic. */
final class SideTally {
  private final String topic;
  private final Map<String, Long> unreadable = new TreeMap<>();
  private final Map<String, String> examples = new TreeMap<>();
  private long records;
  private long only;
  private long doubled;
  private long late;

  SideTally(String topic) {
    this.topic = topic;
  }

  void addRecord() {
    records++;
  }

  void addOnly(long count) {
    only += count;
  }

  void addDoubled() {
    doubled++;
  }

  void addLate() {
    late++;
  }

  void addUnreadable(SourceRecord record, String reason, String message) {
    unreadable.merge(reason, 1L, Long::sum);
    examples.computeIfAbsent(
        reason,
        first ->
            "partition %d, offset %d: %s".formatted(record.partition(), record.offset(), message));
  }

  SideCounts counts() {
    return new SideCounts(topic, records, only, doubled, late, unreadable, examples);
  }
}
