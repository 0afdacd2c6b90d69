package io.winnow.jobs;

import io.winnow.jobs.format.OutputRecord;
import io.winnow.jobs.format.SourceRecord;
import io.winnow.jobs.kafka.Sources;
import io.winnow.jobs.kafka.Topics;
import io.winnow.jobs.pipeline.EnrichmentOptions;
import io.winnow.jobs.pipeline.Pipeline;
import io.winnow.operators.flink.TextEvent;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.jspecify.annotations.Nullable;

/** The live job: it keeps the order of each key, and its counts are metrics. */
record ContinuousMode(Pipeline pipeline, Topics topics) implements JobMode {
  @Override
  public String jobName() {
    return "winnow " + pipeline.name();
  }

  @Override
  public Source<SourceRecord, ?, ?> source() {
    return Sources.of(pipeline);
  }

  @Override
  public String topic() {
    return pipeline.source().topic();
  }

  @Override
  public int partitions() {
    return topics.sourcePartitions();
  }

  @Override
  public @Nullable Integer parallelism(EnrichmentOptions enrichment) {
    return enrichment.parallelism();
  }

  /** Only where each subtask of the source reads as many partitions as the others. */
  @Override
  public boolean isBalanced(int sourceParallelism) {
    return partitions() % sourceParallelism == 0;
  }

  @Override
  public DataStream<TextEvent> distribute(DataStream<TextEvent> events) {
    return ByKey.distribute(events);
  }

  @Override
  public String crashScope() {
    return "";
  }

  @Override
  public DataStream<OutputRecord> written(SingleOutputStreamOperator<OutputRecord> records) {
    return ByKey.distributeOutput(records);
  }
}
