package io.winnow.jobs.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.winnow.jobs.format.SizeLimit;
import io.winnow.operators.config.ConfigurationException;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class SinksTest {
  private static final Topics TOPICS =
      new Topics(
          "cluster", 1, new OutputTopic(1, taking(1_000)), new OutputTopic(1, taking(4_000)));

  @Test
  void aRequestHoldsWhatTheLargerTopicTakes() throws Exception {
    assertThat(properties("")).containsEntry("max.request.size", "4000");
  }

  @Test
  void theUsersRequestSizeStaysAndLimitsRecords() throws Exception {
    String own = "kafka: {max.request.size: 2000}";

    assertThat(properties(own)).containsEntry("max.request.size", "2000");
    assertThat(Sinks.sizeLimit(Pipelines.with(own), taking(4_000))).isEqualTo(new SizeLimit(2_000));
    assertThat(Sinks.sizeLimit(Pipelines.with(own), taking(1_000))).isEqualTo(new SizeLimit(1_000));
    assertThat(Sinks.sizeLimit(Pipelines.with(""), taking(4_000))).isEqualTo(new SizeLimit(4_000));
  }

  @Test
  void transactionsEndWithinWhatABrokerAllowsByDefault() throws Exception {
    assertThat(properties("")).containsEntry("transaction.timeout.ms", "900000");
    assertThat(properties("transaction-timeout: 1 min"))
        .containsEntry("transaction.timeout.ms", "60000");
  }

  @Test
  void theUsersOptionsReachTheProducer() throws Exception {
    Properties properties = properties("kafka: {security.protocol: SASL_SSL, linger.ms: 5}");

    assertThat(properties)
        .containsAllEntriesOf(
            Map.of(
                "bootstrap.servers",
                "localhost:9092",
                "security.protocol",
                "SASL_SSL",
                "linger.ms",
                "5"));
  }

  @Test
  void exactlyOnceSendsFewLargeRequests() throws Exception {
    assertThat(properties(""))
        .containsEntry("linger.ms", "100")
        .containsEntry("batch.size", "131072");
  }

  private static TopicLimits taking(int messageBytes) {
    return new TopicLimits(messageBytes, Long.MAX_VALUE, Long.MAX_VALUE);
  }

  private static Properties properties(String more) throws ConfigurationException {
    return Sinks.properties(Pipelines.with(more), TOPICS);
  }
}
