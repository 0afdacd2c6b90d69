package io.winnow.jobs.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.winnow.jobs.pipeline.Pipeline;
import io.winnow.operators.config.ConfigurationException;
import io.winnow.operators.config.Substitution;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClientOptionsTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "kafka: {acks: all, linger.ms: 5, compression.type: zstd}",
        "kafka: {security.protocol: SASL_SSL, sasl.mechanism: PLAIN, sasl.jaas.config: x}",
        "kafka: {fetch.max.bytes: '1000000', max.poll.records: 50}",
        "kafka: {own.plugin.option: 7}",
      })
  void whatEveryClientTakesIsNoProblem(String more) throws Exception {
    assertThat(problems(more)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "acks: 7 | kafka.acks: expected a value that Kafka takes, found '7': String must be one of:"
            + " all, -1, 0, 1",
        "linger.ms: soon | kafka.linger.ms: expected a value that Kafka takes, found 'soon': Not a"
            + " number of type LONG",
        "fetch.min.bytes: -1 | kafka.fetch.min.bytes: expected a value that Kafka takes, found"
            + " '-1': Value must be at least 0",
        "acks: 1 | kafka: expected options that a Kafka producer takes together, but Must set acks"
            + " to all in order to use the idempotent producer. Otherwise we cannot guarantee"
            + " idempotence.",
        "enable.idempotence: false | kafka: expected options that a Kafka producer takes together,"
            + " but Cannot set a transactional.id without also enabling idempotence.",
        "retries: 0 | kafka: expected options that a Kafka producer takes together, but Must set"
            + " retries to non-zero when using the idempotent producer.",
      })
  void whatAClientRefusesIsAProblem(String option, String problem) throws Exception {
    assertThat(problems("kafka: {" + option + "}")).containsExactly(problem);
  }

  @Test
  void problemsOfAllClientsAreToldAtOnceAndOnceEach() throws Exception {
    assertThat(problems("kafka: {acks: 7, security.protocol: SAFE, max.poll.records: 0}"))
        .satisfiesExactly(
            problem -> assertThat(problem).startsWith("kafka.acks: "),
            problem -> assertThat(problem).startsWith("kafka.security.protocol: "),
            problem -> assertThat(problem).startsWith("kafka.max.poll.records: "));
  }

  @Test
  void withoutTransactionsAcksAreTheUsersChoice() throws Exception {
    Pipeline pipeline = Pipelines.atLeastOnce("kafka: {acks: 1}");

    assertThat(ClientOptions.problems(pipeline)).isEmpty();
  }

  @Test
  void aSubstitutedValueIsNotShown() throws Exception {
    Pipeline pipeline =
        Pipelines.with(
            "kafka: {acks: '${env:SECRET}', ssl.protocol: x}",
            Substitution.of(Map.of("SECRET", "s3cret"), Path.of("")));

    assertThat(ClientOptions.problems(pipeline))
        .containsExactly(
            "kafka.acks: expected a value that Kafka takes, found '<from ${env:SECRET}>': String"
                + " must be one of: all, -1, 0, 1");
  }

  private static List<String> problems(String more) throws ConfigurationException {
    return ClientOptions.problems(Pipelines.with(more));
  }
}
