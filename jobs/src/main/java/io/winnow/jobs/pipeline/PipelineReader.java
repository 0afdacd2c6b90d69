package io.winnow.jobs.pipeline;

import io.winnow.operators.config.Kind;
import io.winnow.operators.config.Section;
import io.winnow.operators.flink.ModelReference;
import io.winnow.operators.text.TextPolicy;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the root of a pipeline file, and checks what several sections say together. */
final class PipelineReader {
  private static final Kind<Duration> INTERVAL = Kind.duration(Duration.ofMillis(100));
  private static final Duration DEFAULT_CHECKPOINT_INTERVAL = Duration.ofSeconds(10);
  private static final Duration DEFAULT_TRANSACTION_TIMEOUT = Duration.ofMinutes(15);
  private static final int DEFAULT_CRASH_LIMIT = 3;

  private static final Kind<Long> RECORD = Kind.bytes(1, Integer.MAX_VALUE);
  private static final long DEFAULT_RECORD_BYTES = 16L << 20;
  private static final Kind<Long> MODEL = Kind.bytes(1, 1L << 40);

  private static final Kind<Long> CACHE = Kind.bytes(0, 1L << 40);

  private PipelineReader() {}

  static Pipeline read(Section root) {
    String name = root.required("name", Kinds.NAME);
    Section sourceSection = root.section("source");
    Optional<InputFormat> format = FormatReader.read(sourceSection);
    SourceOptions source =
        SourceReader.read(sourceSection, format.orElseGet(InputFormat.Json::new));
    SinkOptions sink = readSink(root.section("sink"), source, format);
    Pipeline pipeline =
        new Pipeline(
            name,
            source,
            format
                .map(known -> TextReader.read(root, known))
                .orElseGet(() -> TextReader.readOfUnknown(root)),
            EnrichmentReader.read(root),
            sink,
            readDeadLetters(root.section("dead-letters"), source, sink),
            root.optional("max-characters", Kind.integer(1), TextPolicy.DEFAULT_MAX_CHARACTERS),
            root.optional("max-record-bytes", RECORD, DEFAULT_RECORD_BYTES).intValue(),
            root.optional("max-model-bytes", MODEL, ModelReference.DEFAULT_MAX_BYTES),
            root.optional("answer-cache-bytes", CACHE, Pipeline.DEFAULT_ANSWER_CACHE_BYTES),
            root.optional("checkpoint-interval", INTERVAL, DEFAULT_CHECKPOINT_INTERVAL),
            root.optional("transaction-timeout", INTERVAL, DEFAULT_TRANSACTION_TIMEOUT),
            root.optional("crash-limit", Kind.integer(0), DEFAULT_CRASH_LIMIT),
            root.optional("crash-journal", EnrichmentReader.FOLDER).orElse(null),
            readRegistry(root, format, sink),
            root.optionalSection("kafka").map(KafkaReader::read).orElse(Map.of()),
            root.secrets());
    if (sink.delivery() == Delivery.EXACTLY_ONCE) {
      checkTimeout(root, pipeline);
    }

    return pipeline;
  }

  private static @Nullable RegistryOptions readRegistry(
      Section root, Optional<InputFormat> format, SinkOptions sink) {
    boolean mayNeed = format.isEmpty() && root.has("schema-registry"); // is blamed for once only
    return RegistryReader.read(
        root,
        mayNeed
            || format.filter(InputFormat.AvroRegistry.class::isInstance).isPresent()
            || sink.format() == OutputFormat.AVRO_REGISTRY);
  }

  private static SinkOptions readSink(
      Section section, SourceOptions source, Optional<InputFormat> format) {
    SinkOptions sink =
        new SinkOptions(
            section.required("topic", Kinds.TOPIC),
            section.optional("format", Kind.choice(OutputFormat.class), OutputFormat.JSON),
            section.optional("delivery", Kind.choice(Delivery.class), Delivery.EXACTLY_ONCE));
    if (sink.topic().equals(source.topic())) {
      section.problem(
          "topic", "expected another topic than source.topic; the job would read what it writes");
    }
    if (sink.format() == OutputFormat.AVRO_REGISTRY
        && !format.map(PipelineReader::isAvro).orElse(true)) {
      section.problem(
          "format",
          "expected avro-registry with source.format avro-registry or avro only, as its schema is the input's with one more field; take json or avro");
    }

    return sink;
  }

  private static boolean isAvro(InputFormat format) {
    return format instanceof InputFormat.Avro || format instanceof InputFormat.AvroRegistry;
  }

  private static DeadLetterOptions readDeadLetters(
      Section section, SourceOptions source, SinkOptions sink) {
    DeadLetterOptions deadLetters =
        new DeadLetterOptions(
            section.required("topic", Kinds.TOPIC),
            section.optional(
                "format",
                Kind.choice(DeadLetterFormat.class),
                sink.format() == OutputFormat.AVRO
                    ? DeadLetterFormat.AVRO
                    : DeadLetterFormat.JSON));
    if (deadLetters.topic().equals(source.topic())) {
      section.problem(
          "topic", "expected another topic than source.topic; the job would read what it rejected");
    }
    if (deadLetters.topic().equals(sink.topic())) {
      section.problem(
          "topic", "expected another topic than sink.topic; its readers expect enriched events");
    }

    return deadLetters;
  }

  /** A transaction stays open from one checkpoint to the next. */
  private static void checkTimeout(Section root, Pipeline pipeline) {
    if (pipeline.transactionTimeout().compareTo(pipeline.checkpointInterval()) > 0) {
      return;
    }

    if (root.has("transaction-timeout")) {
      root.problem(
          "transaction-timeout",
          "expected more than checkpoint-interval (10s unless set), found "
              + root.shown("transaction-timeout"));
    } else {
      root.problem(
          "checkpoint-interval",
          "expected less than transaction-timeout (15 min unless set), found %s; set both"
              .formatted(root.shown("checkpoint-interval")));
    }
  }
}
