package io.winnow.jobs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.winnow.jobs.cli.Main;
import io.winnow.jobs.pipeline.Pipeline;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.flink.api.common.JobID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Pipelines on a real broker that wants TLS and a login. */
class SecureBrokerITCase {
  private static final String MODEL = "../operators/src/test/resources/parity/bert-text";
  private static final int RECORDS = 50;

  @TempDir static Path folder;
  private static SecureBroker broker;
  private static Flink flink;

  @BeforeAll
  static void start() throws Exception {
    broker = SecureBroker.start(folder);
    flink = Flink.start(1);
    SecureOptions.writeSecrets(folder);
    broker.topics(1, "check.in", "check.out", "check.dead");
  }

  @AfterAll
  static void stop() throws Exception {
    flink.stop();
    broker.close();
  }

  @ParameterizedTest
  @EnumSource
  void aPipelineRunsExactlyOnceThroughEachListener(SecureOptions options) throws Exception {
    String name = options.name().toLowerCase(Locale.ROOT);
    broker.topics(1, name + ".in", name + ".out", name + ".dead");
    List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
    for (int i = 0; i < RECORDS; i++) {
      String value = i == 7 ? "{" : "{\"text\": \"Number %d met Anna\"}".formatted(i);
      records.add(new ProducerRecord<>(name + ".in", value.getBytes(UTF_8)));
    }
    broker.clients().produce(records);
    Path file = write(options.pipeline(name, broker, MODEL));
    assertThat(run("validate", file.toString(), "--topics")).contains("is valid");

    JobID job = flink.submit(Pipeline.load(file));
    List<ConsumerRecord<byte[], byte[]>> read =
        broker
            .clients()
            .consume(List.of(name + ".out", name + ".dead"), all -> all.size() >= RECORDS);
    flink.cancel(job);

    assertThat(read).hasSize(RECORDS);
    assertThat(read.stream().filter(record -> record.topic().endsWith(".dead"))).hasSize(1);
    assertThat(flink.restarts(job)).isZero();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "SCRAM | scram-password | kafka: expected a login that %s takes, but Authentication failed"
            + " during authentication due to invalid credentials with SASL mechanism SCRAM-SHA-512;"
            + " check sasl.mechanism and sasl.jaas.config",
        "OAUTH | client-secret | The response code 401",
        "TLS | key-password | Failed to load SSL keystore",
        "SCRAM | trust-password | Failed to load SSL keystore",
      })
  void aWrongSecretIsToldWithoutShowingIt(SecureOptions options, String file, String problem)
      throws Exception {
    Files.writeString(folder.resolve(file), "Wr0ngS3cret");
    try {
      assertRefused(options, options.pipeline("check", broker, MODEL), problem);
    } finally {
      SecureOptions.writeSecrets(folder);
    }
  }

  @Test
  void aBrokerWhoseCertificateNobodyTrustsIsRefused() throws Exception {
    SecureOptions options = SecureOptions.SCRAM;
    String yaml = options.pipeline("check", broker, MODEL).replace("trusted.p12", "others.p12");
    assertRefused(
        options,
        yaml,
        "kafka: expected a TLS connection to %s that both sides trust, but SSL handshake failed:"
            + " PKIX path building failed");
  }

  @Test
  void aClientThatShowsNoCertificateIsRefused() throws Exception {
    SecureOptions options = SecureOptions.TLS;
    String yaml = options.pipeline("check", broker, MODEL).replaceAll(" {2}ssl.keystore.*\\n", "");
    assertRefused(options, yaml, "kafka: expected a TLS connection to %s that both sides trust, ");
  }

  @Test
  void piecesOfAMisspeltLoginAreNotShown() throws Exception {
    Files.writeString(folder.resolve("scram-password"), "Wr0ngS3cret\" Oth3rPiece \"");
    SecureOptions options = SecureOptions.SCRAM;
    try {
      assertRefused(
          options,
          options.pipeline("check", broker, MODEL),
          "Value not specified for key '...' in JAAS config");
    } finally {
      SecureOptions.writeSecrets(folder);
    }
  }

  /** Both verbs that ask the broker tell the same, in one line and without a secret. */
  private static void assertRefused(SecureOptions options, String yaml, String problem)
      throws Exception {
    Path file = write(yaml);
    Path state = folder.resolve("state");
    String validated = run("validate", file.toString(), "--topics");
    String ran = run("run", file.toString(), "--state", state.toString());

    assertThat(validated.lines())
        .singleElement()
        .asString()
        .startsWith("error: ")
        .contains(problem.formatted(broker.servers(options.name())));
    assertThat(ran).isEqualTo(validated);
    assertThat(state).doesNotExist();
    assertThat(validated)
        .doesNotContain(
            "Wr0ngS3cret",
            "Oth3rPiece",
            SecureBroker.SCRAM_PASSWORD,
            SecureBroker.CLIENT_SECRET,
            SecureBroker.KEY_PASSWORD,
            SecureBroker.TRUST_PASSWORD);
  }

  private static Path write(String yaml) throws IOException {
    return Files.writeString(folder.resolve("pipeline.yaml"), yaml);
  }

  /** Returns what a verb prints, whether it succeeds or not. */
  private static String run(String... arguments) {
    try (StandardStreams streams = StandardStreams.capture()) {
      try {
        Main.main(arguments);
      } catch (IllegalStateException e) {
        assertThat(e).hasMessageContaining("status 2");
      }
      return streams.text();
    }
  }
}
