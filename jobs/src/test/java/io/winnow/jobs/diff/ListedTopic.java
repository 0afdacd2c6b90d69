package io.winnow.jobs.diff;

import io.winnow.jobs.format.SourceRecord;
import java.util.List;

/** A topic of records that are listed, given out a few at a time. */
record ListedTopic(String topic, List<List<SourceRecord>> records, int atOnce)
    implements TopicRecords {

  static ListedTopic of(String topic, SourceRecord... ofOnePartition) {
    return new ListedTopic(topic, List.of(List.of(ofOnePartition)), 2);
  }

  @Override
  public int partitions() {
    return records.size();
  }

  @Override
  public long offsets() {
    return records.stream().mapToLong(List::size).sum();
  }

  @Override
  public RecordCursor open(int partition) {
    return new Cursor(records.get(partition), atOnce);
  }

  private static final class Cursor implements RecordCursor {
    private final List<SourceRecord> records;
    private final int atOnce;
    private int position;

    Cursor(List<SourceRecord> records, int atOnce) {
      this.records = records;
      this.atOnce = atOnce;
    }

    @Override
    public boolean isAtEnd() {
      return position >= records.size();
    }

    @Override
    public List<SourceRecord> next() {
      int end = Math.min(records.size(), position + atOnce);
      List<SourceRecord> next = records.subList(position, end);
      this.position = end;
      return next;
    }
  }
}
