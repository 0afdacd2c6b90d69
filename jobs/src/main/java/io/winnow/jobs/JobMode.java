package io.winnow.jobs;

import io.winnow.jobs.format.OutputRecord;
import io.winnow.jobs.format.SourceRecord;
import io.winnow.jobs.pipeline.EnrichmentOptions;
import io.winnow.operators.flink.TextEvent;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.jspecify.annotations.Nullable;

/** What differs between a job that goes on for ever and one that ends. */
sealed interface JobMode permits ContinuousMode, ReplayMode, RedriveMode {
  String jobName();

  Source<SourceRecord, ?, ?> source();

  /** Returns the topic that the source reads. */
  String topic();

  /** Returns how many partitions of it. */
  int partitions();

  /** Returns how many subtasks of an enrichment are asked for; null for Flink's default. */
  @Nullable Integer parallelism(EnrichmentOptions enrichment);

  /** Tells whether events may stay in the subtask whose source reads them. */
  boolean isBalanced(int sourceParallelism);

  /** Distributes events over subtasks so that the order that is promised is kept. */
  DataStream<TextEvent> distribute(DataStream<TextEvent> events);

  /** Returns what tells its records that kill the process from those of other jobs. */
  String crashScope();

  /** Returns the id that records are marked with; null for none. */
  default @Nullable String replay() {
    return null;
  }

  /** Takes what was read, to count it or hold it back. */
  default SingleOutputStreamOperator<SourceRecord> read(
      SingleOutputStreamOperator<SourceRecord> records) {
    return records;
  }

  default SingleOutputStreamOperator<TextEvent> enriched(
      SingleOutputStreamOperator<TextEvent> events) {
    return events;
  }

  /** Distributes what is to be written over the sink's subtasks, in the promised order. */
  DataStream<OutputRecord> written(SingleOutputStreamOperator<OutputRecord> records);

  default SingleOutputStreamOperator<OutputRecord> rejected(
      SingleOutputStreamOperator<OutputRecord> deadLetters) {
    return deadLetters;
  }

  /** Adds what comes last. */
  default void complete() {}
}
