package io.winnow.jobs.kafka;

import io.winnow.jobs.pipeline.Pipeline;
import io.winnow.operators.config.ConfigurationException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Asks the broker for a pipeline's topics, so that a wrong name fails before a job starts. */
public final class TopicCheck {
  private final Pipeline pipeline;
  private final Duration patience;
  private final List<String> problems = new ArrayList<>();

  private TopicCheck(Pipeline pipeline, Duration patience) {
    this.pipeline = pipeline;
    this.patience = patience;
  }

  /**
   * Returns what is known of the topics.
   *
   * @param patience how long the broker may take
   * @throws ConfigurationException if no broker answers or a topic is missing
   */
  public static Topics of(Pipeline pipeline, Duration patience)
      throws ConfigurationException, InterruptedException {
    return new TopicCheck(pipeline, patience).topics();
  }

  private Topics topics() throws ConfigurationException, InterruptedException {
    String sink = pipeline.sink().topic();
    String deadLetters = pipeline.deadLetters().topic();
    if (BrokerAddresses.parse(brokers()).allRefuse(patience)) {
      throw unreachable("nobody listens there");
    }
    try (Admin admin = Admin.create(properties())) {
      int partitions = partitions(admin, "source", pipeline.source().topic());
      partitions(admin, "sink", sink);
      partitions(admin, "dead-letters", deadLetters);
      if (!problems.isEmpty()) {
        throw new ConfigurationException(problems);
      }
      String cluster = admin.describeCluster().clusterId().get();
      return new Topics(cluster, partitions, limits(admin, sink), limits(admin, deadLetters));
    } catch (KafkaException | ExecutionException e) {
      throw unreachable(e);
    }
  }

  private Properties properties() {
    Properties properties = KafkaClients.properties(pipeline);
    String millis = Long.toString(patience.toMillis());
    properties.setProperty(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, millis);
    properties.setProperty(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, millis);
    return properties;
  }

  /** Returns the number of partitions; 0 where there is no such topic, which is a problem then. */
  private int partitions(Admin admin, String section, String topic)
      throws ConfigurationException, InterruptedException {
    try {
      return admin
          .describeTopics(List.of(topic))
          .allTopicNames()
          .thenApply(found -> found.values().iterator().next().partitions().size())
          .get();
    } catch (ExecutionException e) {
      if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
        throw unreachable(e.getCause() == null ? e : e.getCause());
      }
      problems.add(
          "%s.topic: there is no topic %s at %s; create it: kafka-topics.sh --bootstrap-server %s --create --topic %s"
              .formatted(section, topic, brokers(), brokers(), topic));
      return 0;
    }
  }

  /** A user who may not see a topic's settings may still write to it. */
  private static TopicLimits limits(Admin admin, String topic) throws InterruptedException {
    ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
    try {
      return admin
          .describeConfigs(List.of(resource))
          .all()
          .thenApply(all -> all.values().iterator().next())
          .thenApply(TopicCheck::limits)
          .get();
    } catch (ExecutionException e) {
      return TopicLimits.DEFAULT;
    }
  }

  private static TopicLimits limits(Config config) {
    return new TopicLimits(
        Integer.parseInt(config.get(TopicConfig.MAX_MESSAGE_BYTES_CONFIG).value()),
        Long.parseLong(config.get(TopicConfig.MESSAGE_TIMESTAMP_BEFORE_MAX_MS_CONFIG).value()),
        Long.parseLong(config.get(TopicConfig.MESSAGE_TIMESTAMP_AFTER_MAX_MS_CONFIG).value()));
  }

  private ConfigurationException unreachable(Throwable cause) {
    return unreachable(
        cause instanceof TimeoutException
            ? "none answered within " + patience.toSeconds() + " s"
            : cause.getMessage()
                + (cause.getCause() == null ? "" : ": " + cause.getCause().getMessage()));
  }

  private ConfigurationException unreachable(String why) {
    return new ConfigurationException(
        "source.bootstrap-servers: expected a Kafka broker at %s, but %s; check the address, the network and the security settings under 'kafka'"
            .formatted(brokers(), why));
  }

  private String brokers() {
    return pipeline.source().bootstrapServers();
  }
}
