package io.winnow.deploy;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.winnow.jobs.EnrichmentJob;
import io.winnow.jobs.demo.EmbeddedKafka;
import io.winnow.jobs.demo.SampleEvent;
import io.winnow.jobs.demo.SampleEvents;
import io.winnow.jobs.kafka.TopicCheck;
import io.winnow.jobs.pipeline.Pipeline;
import io.winnow.operators.config.Substitution;
import io.winnow.operators.inference.LoadedModel;
import io.winnow.operators.inference.SessionRunner;
import io.winnow.operators.model.BundleReader;
import io.winnow.operators.model.Head;
import io.winnow.operators.model.HeadOptions;
import io.winnow.operators.model.ModelBundle;
import io.winnow.operators.text.TokenizedText;
import io.winnow.operators.text.Window;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Measures a pipeline from Kafka to Kafka, exactly once, against a bare loop around ONNX Runtime
 * over the same texts, already tokenized, in the same process: in turn, one thread for each core.
 *
 * <p>After {@code mvn package}, with the {@code --add-opens} options of {@code
 * deploy/local/winnow}:
 *
 * <pre>java -Xmx2g -XX:+UseParallelGC $OPENS -cp 'deploy/target/test-classes:deploy/target/lib/*' \
 *   io.winnow.deploy.ThroughputBenchmark deploy/models/support</pre>
 */
final class ThroughputBenchmark {
  private static final int ROUNDS = 5;
  private static final int EVENTS = 20_000;
  private static final int LONGEST = 400; // characters: one window each
  private static final int CORES = Runtime.getRuntime().availableProcessors();

  private final Path model;
  private final List<String> texts;

  private ThroughputBenchmark(Path model, List<String> texts) {
    this.model = model;
    this.texts = texts;
  }

  public static void main(String[] arguments) throws Exception {
    new ThroughputBenchmark(Path.of(arguments[0]).toAbsolutePath(), texts()).run();
    System.exit(0); // Kafka and Flink leave threads behind
  }

  private void run() throws Exception {
    ModelBundle bundle = BundleReader.read(model, HeadOptions.NONE);
    Path folder = Files.createTempDirectory("winnow-benchmark-");
    double[] ratios = new double[ROUNDS];
    try (LoadedModel loaded = LoadedModel.open(bundle);
        EmbeddedKafka kafka = EmbeddedKafka.start(folder, 0)) {
      kafka.createTopic("in", CORES, Map.of());
      produce(kafka);
      bare(bundle, loaded); // warm up: the compiler of the JVM takes a share of the cores too
      pipeline(kafka, ROUNDS);
      for (int round = 0; round < ROUNDS; round++) {
        double bare = bare(bundle, loaded);
        double pipeline = pipeline(kafka, round);
        ratios[round] = pipeline / bare;
        System.out.printf(
            "round %d: bare %.0f events/s, pipeline %.0f events/s, ratio %.3f%n",
            round, bare, pipeline, ratios[round]);
      }
    }
    Arrays.sort(ratios);
    System.out.printf("median ratio %.3f%n", ratios[ROUNDS / 2]);
  }

  /** Returns the sample texts over and over. */
  private static List<String> texts() throws IOException {
    List<String> samples = new ArrayList<>();
    for (SampleEvent event : SampleEvents.load()) {
      byte[] value = event.value();
      if (value != null && value.length > 0 && value[0] == '{') {
        textOf(value).ifPresent(samples::add);
      }
    }
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < EVENTS; i++) {
      texts.add(samples.get(i % samples.size()));
    }
    return texts;
  }

  private static Optional<String> textOf(byte[] value) {
    try {
      JsonNode text = new ObjectMapper().readTree(value).path("text");
      return Optional.of(text.asText())
          .filter(t -> text.isTextual() && !t.isBlank() && t.length() <= LONGEST)
          .filter(t -> t.codePoints().noneMatch(c -> c >= 0xd800 && c <= 0xdfff));
    } catch (IOException e) {
      return Optional.empty(); // one of the broken samples
    }
  }

  private void produce(EmbeddedKafka kafka) {
    ObjectMapper json = new ObjectMapper();
    try (var producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", kafka.bootstrapServers()),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      for (int i = 0; i < EVENTS; i++) {
        String value = json.createObjectNode().put("text", texts.get(i)).toString();
        var unused =
            producer.send(new ProducerRecord<>("in", i % CORES, null, value.getBytes(UTF_8)));
      }
    }
  }

  /** Returns events a second. */
  private double bare(ModelBundle bundle, LoadedModel loaded) throws Exception {
    Set<String> outputs = bundle.heads().stream().map(Head::output).collect(Collectors.toSet());
    List<TokenizedText> tokenized = new ArrayList<>();
    for (String text : texts) {
      tokenized.add(loaded.tokenizer().tokenize(text));
    }
    ExecutorService threads = Executors.newFixedThreadPool(CORES);
    long start = System.nanoTime();
    List<Future<?>> loops = new ArrayList<>();
    for (int t = 0; t < CORES; t++) {
      int first = t;
      SessionRunner runner = loaded.session().newRunner();
      loops.add(
          threads.submit(
              () -> {
                for (int i = first; i < tokenized.size(); i += CORES) {
                  TokenizedText text = tokenized.get(i);
                  runner.run(text, new Window(0, text.size()), outputs);
                }
                return null;
              }));
    }
    for (Future<?> loop : loops) {
      loop.get();
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    threads.shutdown();
    return EVENTS / seconds;
  }

  /** Returns events a second while all subtasks have work: from a fifth to nine tenths of them. */
  private double pipeline(EmbeddedKafka kafka, int round) throws Exception {
    String out = "out-" + round;
    kafka.createTopic(out, CORES, Map.of());
    kafka.createTopic("dead-" + round, 1, Map.of());
    String yaml =
        """
        name: benchmark-%1$d
        source: {bootstrap-servers: "%2$s", topic: in}
        text: text
        enrichments: [{name: support, model: "%3$s", parallelism: %4$d}]
        sink: {topic: out-%1$d}
        dead-letters: {topic: dead-%1$d}
        answer-cache-bytes: 0 # the same texts come over and over
        """
            .formatted(round, kafka.bootstrapServers(), model, CORES);
    Pipeline pipeline = Pipeline.parse("benchmark.yaml", yaml, Substitution.none());
    StreamExecutionEnvironment environment = StreamExecutionEnvironment.getExecutionEnvironment();
    EnrichmentJob.build(environment, pipeline, TopicCheck.of(pipeline, Duration.ofSeconds(20)));
    JobClient job = environment.executeAsync(pipeline.name());
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", kafka.bootstrapServers()),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(out).stream()
              .map(p -> new TopicPartition(p.topic(), p.partition()))
              .toList();
      long atStart = awaitWritten(consumer, partitions, EVENTS / 5);
      long start = System.nanoTime();
      long atEnd = awaitWritten(consumer, partitions, EVENTS * 9 / 10);
      return (atEnd - atStart) / ((System.nanoTime() - start) / 1e9);
    } finally {
      job.cancel().get();
    }
  }

  /**
   * Returns how many records were written, once they are {@code least}; the few marks of
   * transactions are counted with them.
   */
  private static long awaitWritten(
      KafkaConsumer<?, ?> consumer, List<TopicPartition> partitions, int least)
      throws InterruptedException {
    while (true) {
      long written =
          consumer.endOffsets(partitions).values().stream().mapToLong(Long::longValue).sum();
      if (written >= least) {
        return written;
      }
      Thread.sleep(20);
    }
  }
}
