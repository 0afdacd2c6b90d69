package io.winnow.jobs;

import io.winnow.jobs.format.OutputRecord;
import io.winnow.jobs.format.SourceRecord;
import io.winnow.jobs.kafka.Sources;
import io.winnow.jobs.pipeline.EnrichmentOptions;
import io.winnow.jobs.pipeline.Pipeline;
import io.winnow.jobs.redrive.OriginalFunction;
import io.winnow.jobs.replay.PartitionRange;
import io.winnow.operators.flink.TextEvent;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.jspecify.annotations.Nullable;

/**
 * A redrive: it reads the dead-letter topic, and goes on with the records that its dead letters
 * were as if it had read them from their own topic. Who writes the results marks and counts them.
 *
 * @param ranges of the dead-letter topic
 * @param offsets of the dead letters that go back, in order, by their partition
 */
record RedriveMode(Pipeline pipeline, List<PartitionRange> ranges, Map<Integer, long[]> offsets)
    implements JobMode {
  static final String CRASH_SCOPE = "/redrive";

  @Override
  public String jobName() {
    return "winnow " + pipeline.name() + " redrive";
  }

  @Override
  public Source<SourceRecord, ?, ?> source() {
    return Sources.of(pipeline, pipeline.name() + "-redrive", topic(), ranges);
  }

  @Override
  public String topic() {
    return pipeline.deadLetters().topic();
  }

  @Override
  public int partitions() {
    return ranges.size();
  }

  @Override
  public @Nullable Integer parallelism(EnrichmentOptions enrichment) {
    return enrichment.parallelism();
  }

  /** Where the dead letters lie says nothing of their number in each partition. */
  @Override
  public boolean isBalanced(int sourceParallelism) {
    return false;
  }

  @Override
  public DataStream<TextEvent> distribute(DataStream<TextEvent> events) {
    return ByKey.distribute(events);
  }

  @Override
  public String crashScope() {
    return CRASH_SCOPE;
  }

  @Override
  public SingleOutputStreamOperator<SourceRecord> read(
      SingleOutputStreamOperator<SourceRecord> records) {
    return Originals.of(records, new OriginalFunction(offsets));
  }

  @Override
  public DataStream<OutputRecord> written(SingleOutputStreamOperator<OutputRecord> records) {
    return records;
  }
}
