package io.winnow.jobs.diff;

import io.winnow.jobs.format.SourceRecord;
import io.winnow.jobs.format.UnreadableTally;

/** Counts the records of one topic. */
final class SideTally {
  private final String topic;
  private final UnreadableTally unreadable = new UnreadableTally();
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
    unreadable.add(record, reason, message);
  }

  SideCounts counts() {
    return new SideCounts(topic, records, only, doubled, late, unreadable.counts());
  }
}
