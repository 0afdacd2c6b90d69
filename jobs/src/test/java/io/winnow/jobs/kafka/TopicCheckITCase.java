package io.winnow.jobs.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.winnow.jobs.demo.EmbeddedKafka;
import io.winnow.jobs.pipeline.Pipeline;
import io.winnow.jobs.pipeline.UnreachableException;
import io.winnow.operators.config.ConfigurationException;
import io.winnow.operators.config.Substitution;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TopicCheckITCase {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @TempDir static Path folder;
  private static EmbeddedKafka kafka;

  @BeforeAll
  static void start() throws Exception {
    kafka = EmbeddedKafka.start(folder, 0);
    kafka.createTopic("in", 3, Map.of());
    kafka.createTopic("out", 1, Map.of("max.message.bytes", "2000000"));
    kafka.createTopic("dead", 2, Map.of("max.message.bytes", "4000000"));
  }

  @AfterAll
  static void stop() {
    kafka.close();
  }

  @Test
  void partitionsAndWhatTheTopicsTakeAreFoundOut() throws Exception {
    Topics topics = TopicCheck.of(Pipelines.at(kafka.bootstrapServers(), ""), PATIENCE);

    assertThat(topics.sourcePartitions()).isEqualTo(3);
    assertThat(topics.sink().partitions()).isEqualTo(1);
    assertThat(topics.deadLetters().partitions()).isEqualTo(2);
    assertThat(topics.sink().limits().messageBytes()).isEqualTo(2_000_000);
    assertThat(topics.deadLetters().limits().messageBytes()).isEqualTo(4_000_000);
    assertThat(topics.clusterId()).isNotBlank();
    assertThat(topics.largestMessageBytes()).isEqualTo(4_000_000);
  }

  @Test
  void everyMissingTopicIsToldWithHowToMakeIt() throws Exception {
    Pipeline pipeline =
        Pipeline.parse(
            "p.yaml",
            """
            name: support
            source: {bootstrap-servers: "%s", topic: no.in}
            text: text
            enrichments: [{name: intent, model: models/intent}]
            sink: {topic: no.out}
            dead-letters: {topic: dead}
            """
                .formatted(kafka.bootstrapServers()),
            Substitution.none());

    assertThat(problems(pipeline, PATIENCE))
        .containsExactly(missing("source", "no.in"), missing("sink", "no.out"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a/b", "a b"})
  void aNameThatNoTopicCanHaveIsToldAsSuch(String topic) throws Exception {
    Pipeline pipeline = Pipelines.at(kafka.bootstrapServers(), "");

    assertThatExceptionOfType(ConfigurationException.class)
        .isThrownBy(() -> TopicCheck.partitions(pipeline, Map.of("TOPIC_A", topic), PATIENCE))
        .withMessageStartingWith("TOPIC_A: expected the name of a topic, found '" + topic + "': ");
  }

  @Test
  void aTransactionMayNotOutlastWhatTheBrokerAllows() throws Exception {
    Pipeline pipeline = Pipelines.at(kafka.bootstrapServers(), "transaction-timeout: 16 min");

    assertThat(problems(pipeline, PATIENCE))
        .containsExactly(
            "transaction-timeout: expected at most the broker's transaction.max.timeout.ms of"
                + " 900000 ms, found 960000 ms; shorten it, or raise that of the broker");
  }

  @Test
  void optionsThatOnlyAClientHoldsTogetherAreRefused() throws Exception {
    Pipeline pipeline =
        Pipelines.at(
            kafka.bootstrapServers(),
            "kafka: {delivery.timeout.ms: 1000, heartbeat.interval.ms: 90000}");

    assertThat(problems(pipeline, PATIENCE))
        .containsExactly(
            "kafka: expected options that a Kafka producer takes together, but delivery.timeout.ms"
                + " should be equal to or larger than linger.ms + request.timeout.ms",
            "kafka: expected options that a Kafka consumer takes together, but Heartbeat must be"
                + " set lower than the session timeout");
  }

  @Test
  void topicsAndBrokersFromTheEnvironmentAreNotShown() throws Exception {
    Map<String, String> environment =
        Map.of("BROKER", kafka.bootstrapServers(), "TOPIC", "s3cret", "PROTOCOL", "SASL_S3CRET");
    Substitution substitution = Substitution.of(environment, folder);

    assertThat(problems(Pipelines.at("${env:BROKER}", "${env:TOPIC}", "", substitution), PATIENCE))
        .containsExactly(
            "source.topic: there is no topic <from ${env:TOPIC}> at <from ${env:BROKER}>; create"
                + " it: kafka-topics.sh --bootstrap-server <from ${env:BROKER}> --create --topic"
                + " <from ${env:TOPIC}>");
    assertThat(
            problems(
                Pipelines.at(
                    "${env:BROKER}",
                    "in",
                    "kafka: {security.protocol: '${env:PROTOCOL}'}",
                    substitution),
                PATIENCE))
        .singleElement()
        .asString()
        .contains("<from ${env:BROKER}>", "<from ${env:PROTOCOL}>")
        .doesNotContain("S3CRET");
  }

  @Test
  void aBrokerThatDoesNotAnswerIsNamedWithHowLongItWasGiven() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      String servers = "127.0.0.1:" + silent.getLocalPort();

      Pipeline pipeline = Pipelines.at(servers, "");
      Duration patience = Duration.ofSeconds(2);
      assertThat(problems(pipeline, patience))
          .singleElement()
          .asString()
          .contains(servers, "none answered within 2 s");
      assertThat(refusal(pipeline, patience)).isInstanceOf(UnreachableException.class);
    }
  }

  @Test
  void aHostThatNobodyKnowsMayBeKnownLater() throws Exception {
    Pipeline pipeline = Pipelines.at("nobody.invalid:9092", "");

    assertThat(refusal(pipeline, PATIENCE))
        .isInstanceOf(UnreachableException.class)
        .hasMessageContaining("nobody.invalid:9092");
  }

  @Test
  void wrongSecuritySettingsAreTold() throws Exception {
    Pipeline pipeline =
        Pipelines.at(kafka.bootstrapServers(), "kafka: {security.protocol: SASL_SSLY}");

    assertThat(problems(pipeline, PATIENCE))
        .singleElement()
        .asString()
        .contains("SASL_SSLY", "the security settings under 'kafka'");
    assertThat(refusal(pipeline, PATIENCE)).isNotInstanceOf(UnreachableException.class);
  }

  private static String missing(String section, String topic) {
    return "%1$s.topic: there is no topic %2$s at %3$s; create it: kafka-topics.sh --bootstrap-server %3$s --create --topic %2$s"
        .formatted(section, topic, kafka.bootstrapServers());
  }

  private static List<String> problems(Pipeline pipeline, Duration patience) {
    return refusal(pipeline, patience).problems();
  }

  private static ConfigurationException refusal(Pipeline pipeline, Duration patience) {
    return assertThatExceptionOfType(ConfigurationException.class)
        .isThrownBy(() -> TopicCheck.of(pipeline, patience))
        .actual();
  }
}
