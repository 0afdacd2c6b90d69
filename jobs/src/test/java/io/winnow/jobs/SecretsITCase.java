package io.winnow.jobs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

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
  private static final String WRONG_PASSWORD = "Wr0ngPassw0rd";
  private static final String MODEL_FOLDER = "S3cretF0lder";
  private static final List<String> SECRETS =
      List.of(
          SecureBroker.SCRAM_PASSWORD,
          SecureBroker.CLIENT_SECRET,
          SecureBroker.KEY_PASSWORD,
          SecureBroker.TRUST_PASSWORD,
          SecureRegistry.PASSWORD,
          SecureRegistry.LOGIN,
          SecureRegistry.TOKEN,
          SecureRegistry.KEY_PASSWORD,
          SecureRegistry.TRUST_PASSWORD,
          WRONG_PASSWORD,
          MODEL_FOLDER);

  @TempDir Path folder;
  private SecureBroker broker;
  private SecureRegistry registry;
  private Flink flink;
  private final StringBuilder seen = new StringBuilder();

  @BeforeEach
  void start() throws Exception {
    broker = SecureBroker.start(folder);
    registry = SecureRegistry.start(folder);
    flink = Flink.start(2);
    SecureOptions.writeSecrets(folder);
    Path model = folder.resolve(MODEL_FOLDER).resolve("intent"); // whose name is no secret
    Files.writeString(folder.resolve("model"), model.toString());
    copyModel(model);
  }

  @AfterEach
  void stop() throws Exception {
    flink.stop();
    registry.close();
    broker.close();
  }

  @Test
  void noSecretShowsInLogsFailuresMetricsDeadLettersOrTheWebUi() throws Exception {
    try (Logs logs = Logs.capture();
        StandardStreams streams = StandardStreams.capture()) {
      registryThatRefusesTheLogin();
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
            "Expected a login that the schema registry takes",
            "invalid-json",
            "invalid-avro",
            "winnow.records")) {
      assertThat(seen.indexOf(failure)).as("%s is looked through", failure).isNotNegative();
    }
    for (String secret : SECRETS) {
      assertThat(around(secret)).as(secret).isEmpty();
    }
  }

  private JobID submit(SecureOptions options) throws Exception {
    String name = options.name().toLowerCase(Locale.ROOT);
    String yaml = options.pipeline(name, broker, "${file:model}");
    return submit(name, yaml, "{\"text\": \"Anna\"}".getBytes(UTF_8));
  }

  /** Runs a good and a bad record through, and looks at what comes out. */
  private JobID submit(String name, String yaml, byte[] good) throws Exception {
    broker.topics(1, name + ".in", name + ".out", name + ".dead");
    produce(name, good);
    produce(name, "{".getBytes(UTF_8));
    Path file = write(yaml);
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

  private void produce(String name, byte[] value) throws Exception {
    broker.clients().produce(List.of(new ProducerRecord<>(name + ".in", value)));
  }

  /** Both verbs refuse a token, and a job fails whose password is taken no more. */
  private void registryThatRefusesTheLogin() throws Exception {
    String name = "registry";
    int first = registry.register(name + ".in-value", RegistryPipeline.FIRST);
    String yaml = registry.pipeline(name, broker, "${file:model}");
    JobID job = submit(name, yaml, RegistryPipeline.value(first, RegistryPipeline.FIRST, 1));
    Path file = write(registry.pipelineWithToken(name, broker, "${file:model}"));
    verb("validate", file.toString(), "--topics");
    verb("run", file.toString(), "--state", folder.resolve("state").toString());
    awaitMetrics(job);
    seeRest();

    int second = registry.register(name + ".in-value", RegistryPipeline.SECOND);
    registry.refuseLogins();
    produce(name, RegistryPipeline.value(second, RegistryPipeline.SECOND, 2));
    awaitFailure(job, "Expected a login that the schema registry takes");
    see(flink.failure(job).orElseThrow());
    seeRest();
    cancel(job);
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

  private void awaitMetrics(JobID job) {
    await().atMost(Duration.ofSeconds(60)).until(() -> WebUi.hasMetrics(flink, job));
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
    see(WebUi.text(flink));
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
