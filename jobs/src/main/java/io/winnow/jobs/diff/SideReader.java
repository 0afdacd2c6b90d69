package io.winnow.jobs.diff;

import io.winnow.jobs.format.EnrichedReader;
import io.winnow.jobs.format.EnrichedRecord;
import io.winnow.jobs.format.SourceRecord;
import io.winnow.jobs.format.UnreadableException;
import java.util.Optional;

/** Reads the records of one topic, and counts what it finds. */
final class SideReader {
  private final TopicRecords topic;
  private final EnrichedReader reader;
  private final Runnable eachRecord;
  private final SideTally tally;

  SideReader(TopicRecords topic, EnrichedReader reader, Runnable eachRecord) {
    this.topic = topic;
    this.reader = reader;
    this.eachRecord = eachRecord;
    this.tally = new SideTally(topic.topic());
  }

  TopicRecords topic() {
    return topic;
  }

  SideTally tally() {
    return tally;
  }

  /** Returns the enriched event of a record; empty where it is none. */
  Optional<EnrichedRecord> read(SourceRecord record) {
    eachRecord.run();
    tally.addRecord();
    try {
      return Optional.of(reader.read(record));
    } catch (UnreadableException e) {
      tally.addUnreadable(record, e.reason(), e.getMessage());
      return Optional.empty();
    }
  }
}
