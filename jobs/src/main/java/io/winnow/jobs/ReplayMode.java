package io.winnow.jobs;

import io.winnow.jobs.format.OutputRecord;
import io.winnow.jobs.format.SourceRecord;
import io.winnow.jobs.kafka.Sources;
import io.winnow.jobs.pipeline.EnrichmentOptions;
import io.winnow.jobs.pipeline.Pipeline;
import io.winnow.jobs.replay.ReplayPlan;
import io.winnow.jobs.stale.StaleSelection;
import io.winnow.jobs.tally.Tallies;
import io.winnow.jobs.tally.ThrottleFunction;
import io.winnow.operators.flink.TextEvent;
import org.apache.flink.api.common.functions.Partitioner;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.java.functions.KeySelector;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.jspecify.annotations.Nullable;

/**
 * A replay: it ends, counts what it does, and keeps the order of each partition, with any
 * parallelism, so that two replays of a range are equal.
 *
 * @param stale those events of the range that it takes; null for all records
 */
record ReplayMode(
    Pipeline pipeline, ReplayPlan plan, @Nullable StaleSelection stale, JobTally tally)
    implements JobMode {
  ReplayMode(Pipeline pipeline, ReplayPlan plan, @Nullable StaleSelection stale) {
    this(pipeline, plan, stale, new JobTally());
  }

  @Override
  public String jobName() {
    return "winnow " + pipeline.name() + " replay " + plan.id();
  }

  @Override
  public Source<SourceRecord, ?, ?> source() {
    return Sources.of(pipeline, plan);
  }

  @Override
  public String topic() {
    return plan.range().topic();
  }

  @Override
  public int partitions() {
    return plan.range().partitions().size();
  }

  @Override
  public @Nullable Integer parallelism(EnrichmentOptions enrichment) {
    Integer asked = plan.options().parallelism();
    return asked == null ? enrichment.parallelism() : asked;
  }

  /** A partition is in one subtask already, and must not be torn. */
  @Override
  public boolean isBalanced(int sourceParallelism) {
    return true;
  }

  @Override
  public DataStream<TextEvent> distribute(DataStream<TextEvent> events) {
    return events.partitionCustom(
        (Partitioner<Integer>) Math::floorMod,
        (KeySelector<TextEvent, Integer>) event -> event.event().getSource().getPartition());
  }

  @Override
  public String crashScope() {
    return "/replay/" + plan.id();
  }

  @Override
  public @Nullable String replay() {
    return plan.id();
  }

  @Override
  public SingleOutputStreamOperator<SourceRecord> read(
      SingleOutputStreamOperator<SourceRecord> records) {
    return original(tally.count(throttled(records), Uids.TALLY_READ, record -> Tallies.READ));
  }

  private SingleOutputStreamOperator<SourceRecord> throttled(
      SingleOutputStreamOperator<SourceRecord> records) {
    Double rate = plan.options().maxRate();
    return rate == null
        ? records
        : records
            .map(new ThrottleFunction<>(rate))
            .returns(TypeInformation.of(SourceRecord.class))
            .name("throttle")
            .uid(Uids.THROTTLE)
            .setParallelism(records.getParallelism());
  }

  private SingleOutputStreamOperator<SourceRecord> original(
      SingleOutputStreamOperator<SourceRecord> records) {
    return stale == null ? records : Originals.of(records, stale.function());
  }

  @Override
  public SingleOutputStreamOperator<TextEvent> enriched(
      SingleOutputStreamOperator<TextEvent> events) {
    return tally.count(events, Uids.TALLY_TOKENS, Tallies::tokens);
  }

  @Override
  public DataStream<OutputRecord> written(SingleOutputStreamOperator<OutputRecord> records) {
    return tally.count(records, Uids.TALLY_ENRICHED, record -> Tallies.ENRICHED);
  }

  @Override
  public SingleOutputStreamOperator<OutputRecord> rejected(
      SingleOutputStreamOperator<OutputRecord> deadLetters) {
    return tally.count(deadLetters, Uids.TALLY_REJECTED, record -> Tallies.REJECTED);
  }

  @Override
  public void complete() {
    tally.sum();
  }
}
