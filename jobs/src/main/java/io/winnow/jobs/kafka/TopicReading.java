package io.winnow.jobs.kafka;

import io.winnow.jobs.diff.RecordCursor;
import io.winnow.jobs.format.SourceRecord;
import io.winnow.jobs.pipeline.Pipeline;
import io.winnow.jobs.replay.PartitionRange;
import io.winnow.jobs.replay.ReplayRange;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/**
 * Reads ranges of a topic to their ends, without a job.
 *
 * @param patience how long the brokers may take for the next records
 */
public record TopicReading(Pipeline pipeline, String topic, Duration patience) {

  /** Reads the ranges, one after the other. */
  public void read(List<PartitionRange> ranges, Consumer<SourceRecord> reader)
      throws IOException, InterruptedException {
    ReplayRange range = new ReplayRange(topic, ranges, null, null);
    try (CommittedRecords records =
        new CommittedRecords(pipeline, range, ranges.size(), patience)) {
      for (PartitionRange one : ranges) {
        RecordCursor cursor = records.open(one.partition());
        while (!cursor.isAtEnd()) {
          cursor.next().forEach(reader);
        }
      }
    }
  }
}
