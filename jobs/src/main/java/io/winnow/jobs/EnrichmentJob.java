package io.winnow.jobs;

import io.winnow.jobs.format.DeadLetterEncoder;
import io.winnow.jobs.format.DeadLetterFunction;
import io.winnow.jobs.format.DeadLetterOutput;
import io.winnow.jobs.format.DecodeFunction;
import io.winnow.jobs.format.EncodeFunction;
import io.winnow.jobs.format.EnrichedOutput;
import io.winnow.jobs.format.EventDecoder;
import io.winnow.jobs.format.EventEncoder;
import io.winnow.jobs.format.OutputRecord;
import io.winnow.jobs.format.SourceRecord;
import io.winnow.jobs.kafka.Sinks;
import io.winnow.jobs.kafka.Topics;
import io.winnow.jobs.pipeline.DeadLetterFormat;
import io.winnow.jobs.pipeline.Delivery;
import io.winnow.jobs.pipeline.EnrichmentOptions;
import io.winnow.jobs.pipeline.InputFormat;
import io.winnow.jobs.pipeline.Pipeline;
import io.winnow.jobs.pipeline.RegistryOptions;
import io.winnow.jobs.redrive.RedriveSelection;
import io.winnow.jobs.registry.SinkSubject;
import io.winnow.jobs.replay.ReplayPlan;
import io.winnow.jobs.stale.StaleSelection;
import io.winnow.operators.flink.SlmOperatorFactory;
import io.winnow.operators.flink.SlmOptions;
import io.winnow.operators.flink.TextEvent;
import io.winnow.operators.flink.crash.CrashOptions;
import io.winnow.schemas.DeadLetter;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.configuration.ExternalizedCheckpointRetention;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.core.execution.CheckpointingMode;
import org.apache.flink.core.fs.Path;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.CloseableIterator;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;

/**
 * The job of a pipeline: source, decoding, one operator for each enrichment, encoding, and one sink
 * that writes enriched events and dead letters in the same transaction.
 */
public final class EnrichmentJob {
  private static final OutputTag<DeadLetter> REJECTED =
      new OutputTag<>("rejected", TypeInformation.of(DeadLetter.class));

  /** Flink would delete what a cancelled job could go on from. */
  private static final ConfigOption<ExternalizedCheckpointRetention> RETENTION =
      CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION;

  /**
   * Each record is sent at once: a forward pass takes a thousand times as long as that, and the
   * thread that looks each millisecond took a twentieth of a core though nothing came.
   */
  private static final Duration BUFFER_TIMEOUT = Duration.ZERO;

  /** What a job sets only where its cluster, or whoever starts it, does not. */
  static final List<ConfigOption<?>> UNLESS_CHOSEN =
      List.of(RETENTION, ExecutionOptions.BUFFER_TIMEOUT);

  private final StreamExecutionEnvironment environment;
  private final Pipeline pipeline;
  private final Topics topics;
  private final JobMode mode;

  private EnrichmentJob(
      StreamExecutionEnvironment environment, Pipeline pipeline, Topics topics, JobMode mode) {
    this.environment = environment;
    this.pipeline = pipeline;
    this.topics = topics;
    this.mode = mode;
  }

  /** Adds a pipeline to an environment; its caller executes it. */
  public static void build(
      StreamExecutionEnvironment environment, Pipeline pipeline, Topics topics) {
    JobMode mode = new ContinuousMode(pipeline, topics);
    new EnrichmentJob(environment, pipeline, topics, mode)
        .build(Sinks.transactionalIdPrefix(pipeline));
  }

  /**
   * Adds the replay of a range to an environment; its caller executes it.
   *
   * @param stale those enriched events of the range that are enriched again; null where the range
   *     is one of the source
   */
  public static void build(
      StreamExecutionEnvironment environment,
      Pipeline pipeline,
      Topics topics,
      ReplayPlan plan,
      @Nullable StaleSelection stale) {
    JobMode mode = new ReplayMode(pipeline, plan, stale);
    new EnrichmentJob(environment, pipeline, topics, mode).build(plan.transactionalIdPrefix());
  }

  /** Executes a pipeline over dead letters, and returns what becomes of them as it comes. */
  static CloseableIterator<OutputRecord> redrive(
      StreamExecutionEnvironment environment,
      Pipeline pipeline,
      Topics topics,
      RedriveSelection selection)
      throws Exception {
    JobMode mode = new RedriveMode(pipeline, selection.ranges(), selection.offsets());
    return new EnrichmentJob(environment, pipeline, topics, mode)
        .output()
        .executeAndCollect(mode.jobName());
  }

  private void build(String transactionalIdPrefix) {
    environment.enableCheckpointing(
        pipeline.checkpointInterval().toMillis(), CheckpointingMode.EXACTLY_ONCE);
    DataStream<OutputRecord> output = output();
    output
        .sinkTo(Sinks.of(pipeline, topics, transactionalIdPrefix))
        .name("sink: " + pipeline.sink().topic())
        .uid(Uids.SINK)
        .setParallelism(output.getParallelism());
    mode.complete();
  }

  private DataStream<OutputRecord> output() {
    configure();
    SingleOutputStreamOperator<TextEvent> events = decoded();
    DataStream<DeadLetter> rejected = events.getSideOutput(REJECTED);
    boolean balanced = mode.isBalanced(events.getParallelism());
    for (EnrichmentOptions enrichment : pipeline.enrichments()) {
      boolean asBefore = balanced && events.getParallelism() == parallelism(enrichment);
      events = enriched(asBefore ? events : mode.distribute(events), enrichment);
      balanced = true; // all subtasks of this enrichment get their share, so the next ones do
      rejected = rejected.union(events.getSideOutput(REJECTED));
    }
    SingleOutputStreamOperator<OutputRecord> output = encoded(mode.enriched(events));
    rejected = rejected.union(output.getSideOutput(REJECTED));
    return mode.written(output)
        .union(mode.rejected(deadLetters(rejected, output.getParallelism())));
  }

  private void configure() {
    Configuration configuration = new Configuration();
    configuration.set(PipelineOptions.NAME, mode.jobName());
    configuration.set(PipelineOptions.GENERIC_TYPES, false); // no fall-back to Kryo
    configuration.set(PipelineOptions.OBJECT_REUSE, true); // no operator changes what it is given
    setUnlessChosen(
        configuration, RETENTION, ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION);
    if (pipeline.sink().delivery() == Delivery.AT_LEAST_ONCE) { // else readers wait for checkpoints
      setUnlessChosen(configuration, ExecutionOptions.BUFFER_TIMEOUT, BUFFER_TIMEOUT);
    }
    environment.configure(configuration);
  }

  private <T> void setUnlessChosen(Configuration configuration, ConfigOption<T> option, T value) {
    if (environment.getConfiguration().getOptional(option).isEmpty()) {
      configuration.set(option, value);
    }
  }

  private SingleOutputStreamOperator<TextEvent> decoded() {
    int parallelism = Math.min(mode.partitions(), parallelism(pipeline.enrichments().get(0)));
    SingleOutputStreamOperator<SourceRecord> records =
        environment
            .fromSource(mode.source(), WatermarkStrategy.noWatermarks(), "source: " + mode.topic())
            .uid(Uids.SOURCE)
            .setParallelism(parallelism);
    return mode.read(records)
        .process(new DecodeFunction(EventDecoder.of(pipeline), pipeline.maxRecordBytes(), REJECTED))
        .name("decode")
        .uid(Uids.DECODE)
        .setParallelism(parallelism);
  }

  private SingleOutputStreamOperator<TextEvent> enriched(
      DataStream<TextEvent> events, EnrichmentOptions enrichment) {
    SlmOptions options =
        new SlmOptions(
            enrichment.name(),
            BundleCheck.model(pipeline, enrichment),
            enrichment.headOptions(),
            enrichment.goldenRecords(),
            enrichment.batching(),
            pipeline.maxCharacters(),
            pipeline.answerCacheBytes(),
            crashes());
    return events
        .transform(
            "enrichment: " + enrichment.name(),
            TypeInformation.of(TextEvent.class),
            new SlmOperatorFactory(options, REJECTED))
        .uid(Uids.enrichment(enrichment.name()))
        .setParallelism(parallelism(enrichment));
  }

  /** Positions mean something in one topic of one cluster only; of two jobs each has its own. */
  private CrashOptions crashes() {
    URI journal = pipeline.crashJournal();
    return new CrashOptions(
        pipeline.crashLimit(),
        journal == null ? besideCheckpoints() : journal.toString(),
        crashJob(pipeline, topics) + mode.crashScope());
  }

  static String crashJob(Pipeline pipeline, Topics topics) {
    return String.join("/", pipeline.name(), topics.clusterId(), pipeline.source().topic());
  }

  /** Where the client does not know the checkpoints, the task managers do. */
  private @Nullable String besideCheckpoints() {
    String folder = environment.getConfiguration().get(CheckpointingOptions.CHECKPOINTS_DIRECTORY);
    return folder == null ? null : new Path(folder, CrashOptions.FOLDER).toString();
  }

  private int parallelism(EnrichmentOptions enrichment) {
    Integer asked = mode.parallelism(enrichment);
    return asked == null ? environment.getParallelism() : asked;
  }

  private SingleOutputStreamOperator<OutputRecord> encoded(
      SingleOutputStreamOperator<TextEvent> events) {
    return events
        .process(new EncodeFunction(enrichedOutput(), REJECTED))
        .name("encode")
        .uid(Uids.ENCODE)
        .setParallelism(events.getParallelism());
  }

  private SingleOutputStreamOperator<OutputRecord> deadLetters(
      DataStream<DeadLetter> rejected, int parallelism) {
    return rejected
        .map(new DeadLetterFunction(deadLetterOutput()))
        .name("dead letters")
        .uid(Uids.DEAD_LETTERS)
        .setParallelism(parallelism);
  }

  private EnrichedOutput enrichedOutput() {
    EventEncoder encoder =
        switch (pipeline.sink().format()) {
          case JSON -> jsonEncoder();
          case AVRO -> EventEncoder.avro();
          case AVRO_REGISTRY -> registryEncoder();
        };
    return new EnrichedOutput(
        pipeline.sink().topic(),
        encoder,
        Sinks.sizeLimit(pipeline, topics.sink().limits()),
        mode.replay());
  }

  private EventEncoder jsonEncoder() {
    InputFormat format = pipeline.source().format();
    if (format instanceof InputFormat.Avro avro) {
      return EventEncoder.jsonFromAvro(avro.schema());
    }
    if (format instanceof InputFormat.AvroRegistry) {
      return EventEncoder.jsonFromRegistry(registry());
    }
    return format instanceof InputFormat.Text
        ? EventEncoder.jsonFromText()
        : EventEncoder.jsonFromJson();
  }

  private EventEncoder registryEncoder() {
    SinkSubject subject =
        SinkSubject.ofTopics(registry(), pipeline.source().topic(), pipeline.sink().topic());
    return pipeline.source().format() instanceof InputFormat.Avro avro
        ? EventEncoder.registryFromAvro(avro.schema(), subject)
        : EventEncoder.registryFromRegistry(subject);
  }

  private RegistryOptions registry() {
    return Objects.requireNonNull(pipeline.registry(), "schema-registry");
  }

  private DeadLetterOutput deadLetterOutput() {
    return new DeadLetterOutput(
        pipeline.deadLetters().topic(),
        pipeline.name(),
        pipeline.deadLetters().format() == DeadLetterFormat.AVRO
            ? DeadLetterEncoder.AVRO
            : DeadLetterEncoder.JSON,
        Sinks.sizeLimit(pipeline, topics.deadLetters().limits()),
        mode.replay());
  }
}
