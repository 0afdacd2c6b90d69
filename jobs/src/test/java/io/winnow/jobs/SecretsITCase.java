package io.winnow.jobs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.winnow.jobs.cli.Main;
import io.winnow.jobs.kafka.TopicCheck;
import io.winnow.jobs.kafka.Topics;
import io.winnow.jobs.pipeline.Pipeline;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.apache.flink.api.common.JobID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Looks for secrets in all that a user, or whoever looks over the shoulder, gets to see. */
class SecretsITCase {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String WRONG_PASSWORD = "Wr0ngPassw0rd";
  private static final String MODEL_FOLDER = "S3cretF0lder";
  private static final List<String> SECRETS =
      List.of(
          SecureBroker.SCRAM_PASSWORD,
          SecureBroker.CLIENT_SECRET,
          SecureBroker.KEY_PASSWORD,
          SecureBroker.TRUST_PASSWORD,
          WRONG_PASSWORD,
          MODEL_FOLDER);

  @TempDir Path folder;
  private SecureBroker broker;
  private Flink flink;
  private final StringBuilder seen = new StringBuilder();

  @BeforeEach
  void start() throws Exception {
    broker = SecureBroker.start(folder);
    flink = Flink.start(2);
    SecureOptions.writeSecrets(folder);
    Path model = folder.resolve(MODEL_FOLDER).resolve("intent"); // whose name is no secret
    Files.writeString(folder.resolve("model"), model.toString());
    copyModel(model);
  }

  @AfterEach
  void stop() throws Exception {
    flink.stop();
    broker.close();
  }

  @Test
  void noSecretShowsInLogsFailuresMetricsDeadLettersOrTheWebUi() throws Exception {
    try (Logs logs = Logs.capture();
        StandardStreams streams = StandardStreams.capture()) {
      JobID job = submit(SecureOptions.SCRAM);
      List<JobID> others = List.of(submit(SecureOptions.TLS), submit(SecureOptions.OAUTH));
      awaitMetrics(job);
      seeRest();
      JobID refused = loginThatIsRefused();
      modelThatIsGone(job);
      see(flink.failure(refused).orElseThrow());
      seeRest();
      brokerThatIsGone(logs);
      seeRest();
      others.forEach(this::cancel);
      cancel(job);
      cancel(refused);
      see(logs.text());
      see(streams.text());
    }

    for (String failure :
        List.of(
            "SaslAuthenticationException",
            "Expected a model folder at <from ${file:model}>, found nothing",
            "could not be established",
            "ProducerConfig values",
            "invalid-json",
            "winnow.records")) {
      assertThat(seen.indexOf(failure)).as("%s is looked through", failure).isNotNegative();
    }
    for (String secret : SECRETS) {
      assertThat(around(secret)).as(secret).isEmpty();
    }
  }

  /** Runs a good and a bad record through, and looks at what comes out. */
  private JobID submit(SecureOptions options) throws Exception {
    String name = options.name().toLowerCase(Locale.ROOT);
    broker.topics(1, name + ".in", name + ".out", name + ".dead");
    broker
        .clients()
        .produce(
            List.of(
                new ProducerRecord<>(name + ".in", "{\"text\": \"Anna\"}".getBytes(UTF_8)),
                new ProducerRecord<>(name + ".in", "{".getBytes(UTF_8))));
    Path file = write(options.pipeline(name, broker, "${file:model}"));
    verb("validate", file.toString(), "--topics");
    JobID job = flink.submit(Pipeline.load(file));
    List<ConsumerRecord<byte[], byte[]>> read =
        broker.clients().consume(List.of(name + ".out", name + ".dead"), all -> all.size() >= 2);
    for (ConsumerRecord<byte[], byte[]> record : read) {
      see(new String(record.value(), UTF_8));
      record.headers().forEach(h -> see(h.key() + new String(h.value(), UTF_8)));
    }
    return job;
  }

  /** Both verbs refuse it, and a job that was submitted all the same fails. */
  private JobID loginThatIsRefused() throws Exception {
    String yaml = SecureOptions.SCRAM.pipeline("scram", broker, "${file:model}");
    Topics topics = TopicCheck.of(Pipeline.load(write(yaml)), Duration.ofSeconds(20));
    Files.writeString(folder.resolve("scram-password"), WRONG_PASSWORD);
    Path file = write(yaml);
    verb("validate", file.toString(), "--topics");
    verb("run", file.toString(), "--state", folder.resolve("state").toString());
    JobID job = flink.submit(Pipeline.load(file), topics);
    awaitFailure(job, "SaslAuthenticationException");
    return job;
  }

  private void modelThatIsGone(JobID job) throws Exception {
    Files.move(folder.resolve(MODEL_FOLDER), folder.resolve("elsewhere"));
    verb("validate", folder.resolve("pipeline.yaml").toString());
    flink.replaceTaskManager();
    flink.replaceTaskManager();
    awaitFailure(job, "Expected a model folder at ");
    see(flink.failure(job).orElseThrow());
  }

  private void brokerThatIsGone(Logs logs) {
    broker.stop();
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> logs.text().contains("could not be established"));
  }

  /** Flink fetches them from time to time, and only where somebody asks. */
  private void awaitMetrics(JobID job) {
    await().atMost(Duration.ofSeconds(60)).until(() -> hasMetrics("/jobs/" + job));
  }

  private boolean hasMetrics(String job) throws Exception {
    for (JsonNode vertex : JSON.readTree(flink.rest(job)).path("vertices")) {
      String path = job + "/vertices/" + vertex.path("id").asText() + "/metrics";
      if (flink.rest(path).contains("winnow.records")) {
        return true;
      }
    }
    return false;
  }

  private void awaitFailure(JobID job, String words) {
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> flink.failure(job).filter(failure -> failure.contains(words)).isPresent());
  }

  private void cancel(JobID job) {
    try {
      flink.cancel(job);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  /** Prints to the standard streams, which are looked at. */
  private static void verb(String... arguments) {
    try {
      Main.main(arguments);
    } catch (IllegalStateException e) {
      assertThat(e).hasMessageContaining("status 2");
    }
  }

  private void seeRest() throws Exception {
    for (String path :
        List.of(
            "/config",
            "/overview",
            "/jobs/overview",
            "/jobs/metrics",
            "/jobmanager/config",
            "/jobmanager/environment",
            "/jobmanager/metrics",
            "/taskmanagers/metrics")) {
      see(flink.rest(path));
    }
    for (JsonNode job : JSON.readTree(flink.rest("/jobs")).path("jobs")) {
      seeJob("/jobs/" + job.path("id").asText());
    }
    for (JsonNode manager : JSON.readTree(flink.rest("/taskmanagers")).path("taskmanagers")) {
      String path = "/taskmanagers/" + manager.path("id").asText();
      see(flink.rest(path));
      seeMetrics(path + "/metrics");
    }
  }

  private void seeJob(String job) throws Exception {
    for (String path :
        List.of(
            "/config",
            "/plan",
            "/exceptions?maxExceptions=50",
            "/accumulators",
            "/checkpoints",
            "/checkpoints/config",
            "/jobmanager/config",
            "/jobmanager/environment")) {
      see(flink.rest(job + path));
    }
    seeMetrics(job + "/metrics");
    String details = flink.rest(job);
    see(details);
    for (JsonNode vertex : JSON.readTree(details).path("vertices")) {
      String path = job + "/vertices/" + vertex.path("id").asText();
      see(flink.rest(path));
      seeMetrics(path + "/metrics");
    }
  }

  private void seeMetrics(String path) throws Exception {
    List<String> names = new ArrayList<>();
    for (JsonNode metric : JSON.readTree(flink.rest(path))) {
      names.add(metric.path("id").asText());
    }
    see(String.join("\n", names));
    for (int i = 0; i < names.size(); i += 50) { // a longer URL is refused
      List<String> some = names.subList(i, Math.min(names.size(), i + 50));
      see(flink.rest(path + "?get=" + String.join(",", some).replaceAll("[^\\w.,-]", "_")));
    }
  }

  private void see(String text) {
    seen.append(text).append('\n');
  }

  /** Returns the places of a secret, with what stands around them. */
  private List<String> around(String secret) {
    List<String> places = new ArrayList<>();
    for (int at = seen.indexOf(secret); at >= 0; at = seen.indexOf(secret, at + 1)) {
      places.add(seen.substring(Math.max(0, at - 200), Math.min(seen.length(), at + 100)));
    }
    return places;
  }

  private Path write(String yaml) throws IOException {
    return Files.writeString(folder.resolve("pipeline.yaml"), yaml);
  }

  private static void copyModel(Path to) throws IOException {
    Files.createDirectories(to);
    try (Stream<Path> files =
        Files.list(Path.of("../operators/src/test/resources/parity/bert-text"))) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(file.getFileName()));
      }
    }
  }
}
