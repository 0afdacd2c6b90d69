package io.winnow.jobs.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.winnow.jobs.format.OutputRecord;
import io.winnow.jobs.format.SizeLimit;
import io.winnow.jobs.pipeline.Pipeline;
import io.winnow.operators.config.ConfigurationException;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.WriterInitContext;
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

  @Test
  void atLeastOnceDoesNotWaitForMore() throws Exception {
    Pipeline pipeline = Pipelines.atLeastOnce("");

    assertThat(Sinks.properties(pipeline, TOPICS))
        .containsEntry("linger.ms", "1")
        .doesNotContainKey("batch.size");
  }

  @Test
  void aWriterThatCannotStartLeavesNoClientBehind() throws Exception {
    String hasty = "kafka: {default.api.timeout.ms: 300, request.timeout.ms: 200}";
    Sink<OutputRecord> sink = Sinks.of(Pipelines.at("localhost:1", hasty), TOPICS, "winnow-hasty/");
    Set<Thread> before = adminThreads();

    assertThatIOException()
        .isThrownBy(() -> sink.createWriter(context()))
        .withMessageContaining("to tell the open transactions of [out, dead]");

    assertThat(adminThreads()).isEqualTo(before);
  }

  private static Set<Thread> adminThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("kafka-admin-client-thread"))
        .collect(Collectors.toSet());
  }

  /** One that is not used before the brokers have answered. */
  private static WriterInitContext context() {
    return (WriterInitContext)
        Proxy.newProxyInstance(
            SinksTest.class.getClassLoader(),
            new Class<?>[] {WriterInitContext.class},
            (proxy, method, arguments) -> {
              throw new UnsupportedOperationException(method.toString());
            });
  }

  private static TopicLimits taking(int messageBytes) {
    return new TopicLimits(messageBytes, Long.MAX_VALUE, Long.MAX_VALUE);
  }

  private static Properties properties(String more) throws ConfigurationException {
    return Sinks.properties(Pipelines.with(more), TOPICS);
  }
}
