package io.winnow.jobs.demo;

import io.winnow.jobs.BundleCheck;
import io.winnow.jobs.EnrichmentJob;
import io.winnow.jobs.display.Banner;
import io.winnow.jobs.display.EventPrinter;
import io.winnow.jobs.display.Palette;
import io.winnow.jobs.kafka.TopicCheck;
import io.winnow.jobs.pipeline.Pipeline;
import io.winnow.operators.config.ConfigurationException;
import io.winnow.operators.config.Substitution;
import java.io.Console;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.FileUtils;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** The whole way in one process: a broker, Flink, sample events, and what comes out of them. */
public final class Demo {
  private static final String BROKER_VARIABLE = "WINNOW_BROKER";
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final String MESSAGE_BYTES = "max.message.bytes";
  private static final String LARGE = "4194304";

  private final Path pipelineFile;
  private final OptionalInt events;
  private final int kafkaPort;
  private final int uiPort;
  private final PrintWriter out;
  private final Consumer<String> warnings;
  private final Palette palette;
  private final int columns;
  private volatile boolean stopped;

  /**
   * Prepares a demo.
   *
   * @param pipelineFile the pipeline to run; its broker is {@code ${env:WINNOW_BROKER}}
   * @param events events to publish, after which the demo ends; if empty it publishes the samples
   *     once and goes on until {@link #stop}
   * @param warnings told of what does not stop the demo
   * @param columns width of the terminal
   */
  public Demo(
      Path pipelineFile,
      OptionalInt events,
      int kafkaPort,
      int uiPort,
      PrintWriter out,
      Consumer<String> warnings,
      Palette palette,
      int columns) {
    this.pipelineFile = pipelineFile;
    this.events = events;
    this.kafkaPort = kafkaPort;
    this.uiPort = uiPort;
    this.out = out;
    this.warnings = warnings;
    this.palette = palette;
    this.columns = columns;
  }

  /** Runs the demo to its end, and prints a summary. */
  public void run() throws Exception {
    Path folder = Files.createTempDirectory("winnow-demo-");
    try (EmbeddedKafka kafka = EmbeddedKafka.start(folder, kafkaPort)) {
      Pipeline pipeline = pipeline(kafka.bootstrapServers());
      createTopics(kafka, pipeline);
      StreamExecutionEnvironment environment = StreamExecutionEnvironment.getExecutionEnvironment();
      EnrichmentJob.build(environment, pipeline, TopicCheck.of(pipeline, PATIENCE));
      try (LocalCluster cluster = LocalCluster.start(environment, uiPort)) {
        cluster.awaitRunning();
        if (events.isEmpty()) {
          out.print(banner(cluster, kafka, pipeline).render(palette));
          out.flush();
          takeTypedEvents(kafka, pipeline);
        }
        show(kafka, cluster, pipeline);
      }
    } finally {
      FileUtils.deleteDirectoryQuietly(folder.toFile());
    }
  }

  private Pipeline pipeline(String bootstrapServers) throws ConfigurationException, IOException {
    Map<String, String> variables = new HashMap<>(System.getenv());
    variables.put(BROKER_VARIABLE, bootstrapServers);
    Pipeline pipeline =
        Pipeline.parse(
            pipelineFile.toString(),
            Files.readString(pipelineFile),
            Substitution.of(variables, pipelineFile.toAbsolutePath().resolveSibling("")));
    return BundleCheck.check(pipeline, warnings);
  }

  private static void createTopics(EmbeddedKafka kafka, Pipeline pipeline)
      throws IOException, InterruptedException {
    int partitions = Runtime.getRuntime().availableProcessors();
    Map<String, String> config = Map.of(MESSAGE_BYTES, LARGE);
    kafka.createTopic(pipeline.source().topic(), partitions, config);
    kafka.createTopic(pipeline.sink().topic(), partitions, config);
    kafka.createTopic(pipeline.deadLetters().topic(), 1, config);
  }

  private static Banner banner(LocalCluster cluster, EmbeddedKafka kafka, Pipeline pipeline) {
    return new Banner(
        cluster.ui().toString(),
        kafka.bootstrapServers(),
        pipeline.source().topic(),
        pipeline.sink().topic(),
        pipeline.deadLetters().topic());
  }

  /** Ends {@link #run} soon, with its summary; from any thread. */
  public void stop() {
    stopped = true;
  }

  @SuppressWarnings("SystemConsoleNull") // from JDK 22 on, piped lines are taken too: no harm
  private static void takeTypedEvents(EmbeddedKafka kafka, Pipeline pipeline) {
    Console console = System.console();
    if (console != null) { // somebody sits there
      new TypedEvents(kafka.bootstrapServers(), pipeline.source().topic())
          .publishFrom(console.reader());
    }
  }

  private void show(EmbeddedKafka kafka, LocalCluster cluster, Pipeline pipeline) throws Exception {
    EventPrinter printer = new EventPrinter(out, palette, columns);
    Tally tally = new Tally();
    List<SampleEvent> samples = SampleEvents.load();
    long start = System.nanoTime();
    try (ResultFeed results = new ResultFeed(kafka.bootstrapServers(), pipeline, printer, tally)) {
      publish(kafka, pipeline.source().topic(), samples, events.orElse(samples.size()));
      while (!stopped
          && !out.checkError()
          && (events.isEmpty() || tally.seen() < events.getAsInt())) {
        requireBroker(kafka);
        cluster.requireNoFailure();
        results.poll();
      }
    }
    Duration wall = Duration.ofNanos(System.nanoTime() - start);
    out.println();
    long published = Math.max(events.orElse(samples.size()), tally.seen());
    out.print(tally.summary(published, wall).render(palette));
    out.flush();
  }

  private static void publish(
      EmbeddedKafka kafka, String topic, List<SampleEvent> samples, int count)
      throws InterruptedException, ExecutionException {
    Map<String, Object> settings =
        Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers());
    List<Future<RecordMetadata>> sent = new ArrayList<>();
    try (var producer =
        new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
      for (int i = 0; i < count; i++) {
        SampleEvent event = samples.get(i % samples.size());
        byte[] key = event.key().getBytes(StandardCharsets.UTF_8);
        sent.add(producer.send(new ProducerRecord<>(topic, key, event.value())));
      }
    }
    for (Future<RecordMetadata> future : sent) {
      future.get();
    }
  }

  private static void requireBroker(EmbeddedKafka kafka) {
    kafka
        .failure()
        .ifPresent(
            why -> {
              throw new IllegalStateException("The embedded Kafka broker stopped: " + why);
            });
  }
}
