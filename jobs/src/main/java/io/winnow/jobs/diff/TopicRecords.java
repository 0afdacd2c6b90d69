package io.winnow.jobs.diff;

/** The records of a topic that are there to be read, as fixed at the start. */
public interface TopicRecords {
  String topic();

  int partitions();

  /** Returns how many records there are at the most. */
  long offsets();

  /** Starts with a partition; the cursor of another one before is of no use from then on. */
  RecordCursor open(int partition);
}
