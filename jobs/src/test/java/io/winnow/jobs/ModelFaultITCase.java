package io.winnow.jobs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.winnow.jobs.pipeline.Pipeline;
import io.winnow.operators.config.Substitution;
import io.winnow.operators.seal.Sealer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.flink.api.common.JobID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What becomes of a running job whose model changes or disappears, and of its records. */
class ModelFaultITCase {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path MODELS = Path.of("../operators/src/test/resources/parity");
  private static final int RECORDS = 200;

  @TempDir static Path folder;
  private static Broker broker;
  private static Flink flink;

  /** Something that happens to a model folder. */
  private enum Fault {
    CHANGED("as it was when the job was started (fingerprint ") {
      @Override
      void happen(Path model) throws IOException {
        replaceGraph(model);
      }
    },
    CHANGED_BEHIND_ITS_SEAL("model.onnx with SHA-256 ") {
      @Override
      void prepare(Path model) throws Exception {
        new Sealer(model, Optional.of(List.of("Anna", "Anna met Tim")), Optional.empty()).seal();
      }

      @Override
      void happen(Path model) throws IOException {
        replaceGraph(model);
      }
    },
    GONE("Expected a model folder at ") {
      @Override
      void happen(Path model) throws IOException {
        Files.move(model, kept(model).resolve("model"));
      }
    };

    private final String message;

    Fault(String message) {
      this.message = message;
    }

    void prepare(Path model) throws Exception {}

    abstract void happen(Path model) throws IOException;

    /** As a deployment does: another file of the same name, and the former one kept. */
    private static void replaceGraph(Path model) throws IOException {
      Path graph = model.resolve("model.onnx");
      byte[] bytes = Files.readAllBytes(graph);
      bytes[bytes.length / 2] ^= 1; // of a weight, the last digit
      Files.move(graph, kept(model).resolve("model.onnx"));
      Files.write(graph, bytes);
    }

    void repair(Path model) throws IOException {
      try (Stream<Path> files = Files.list(kept(model))) {
        for (Path file : files.toList()) {
          Path to = file.endsWith("model") ? model : model.resolve(file.getFileName());
          Files.move(file, to, StandardCopyOption.REPLACE_EXISTING);
        }
      }
    }

    private static Path kept(Path model) throws IOException {
      return Files.createDirectories(model.resolveSibling(model.getFileName() + "-kept"));
    }
  }

  @BeforeAll
  static void start() throws Exception {
    broker = Broker.start(folder.resolve("broker"));
    flink = Flink.start(1);
  }

  @AfterAll
  static void stop() throws Exception {
    flink.stop();
    broker.close();
  }

  @ParameterizedTest
  @EnumSource
  void aJobKeepsTheModelItStartedWithOrWaitsForIt(Fault fault) throws Exception {
    String name = fault.name().toLowerCase(Locale.ROOT);
    List<String> topics = List.of(name + ".out", name + ".dead");
    broker.topics(1, name + ".in", name + ".out", name + ".dead");
    Path model = copy(folder.resolve(name));
    fault.prepare(model);
    Pipeline pipeline = BundleCheck.check(pipeline(name, model), warning -> {});
    String fingerprint = String.valueOf(pipeline.enrichments().get(0).fingerprint());
    produce(name);
    JobID job = flink.submit(pipeline);
    broker.consume(topics, all -> all.size() >= RECORDS);

    fault.happen(model);
    produce(name);
    assertThat(broker.consume(topics, all -> all.size() >= 2 * RECORDS))
        .as("what is loaded stays loaded")
        .hasSize(2 * RECORDS);

    flink.replaceTaskManager();
    produce(name);
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> flink.failure(job).filter(f -> f.contains(fault.message)).isPresent());
    assertThat(broker.consume(topics, all -> all.size() >= 2 * RECORDS))
        .as("nothing is answered by another model")
        .hasSize(2 * RECORDS);

    fault.repair(model);
    List<ConsumerRecord<byte[], byte[]>> read =
        broker.consume(topics, all -> all.size() >= 3 * RECORDS);
    flink.cancel(job);
    assertThat(read).hasSize(3 * RECORDS);
    assertThat(offsets(read)).hasSize(3 * RECORDS);
    for (ConsumerRecord<byte[], byte[]> record : read) {
      JsonNode enrichment = JSON.readTree(record.value()).path("enrichments").path(0);
      assertThat(enrichment.path("fingerprint").asText()).isEqualTo(fingerprint);
    }
  }

  private static void produce(String name) throws Exception {
    List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
    for (int i = 0; i < RECORDS; i++) {
      String json = "{\"text\": \"Number %d met Anna\"}".formatted(i);
      records.add(new ProducerRecord<>(name + ".in", json.getBytes(UTF_8)));
    }
    broker.produce(records);
  }

  private static Pipeline pipeline(String name, Path model) throws Exception {
    String yaml =
        """
        name: %1$s
        source: {bootstrap-servers: "%2$s", topic: %1$s.in}
        text: text
        enrichments: [{name: intent, model: "%3$s", parallelism: 1}]
        sink: {topic: %1$s.out}
        dead-letters: {topic: %1$s.dead}
        checkpoint-interval: 500ms
        """
            .formatted(name, broker.servers(), model);
    return Pipeline.parse("test.yaml", yaml, Substitution.none());
  }

  private static Path copy(Path to) throws IOException {
    Files.createDirectories(to);
    try (Stream<Path> files = Files.list(MODELS.resolve("bert-text"))) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(file.getFileName()));
      }
    }
    return to;
  }

  private static Set<String> offsets(List<ConsumerRecord<byte[], byte[]>> records) {
    Set<String> offsets = new HashSet<>();
    for (ConsumerRecord<byte[], byte[]> record : records) {
      offsets.add(new String(record.headers().lastHeader("winnow-source-offset").value(), UTF_8));
    }
    return offsets;
  }
}
