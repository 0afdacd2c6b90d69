package io.winnow.jobs.kafka;

import io.winnow.jobs.pipeline.Delivery;
import io.winnow.jobs.pipeline.Pipeline;
import io.winnow.jobs.pipeline.UnreachableException;
import io.winnow.operators.config.ConfigurationException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.DescribeClusterResult;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidTopicException;
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
   * @throws UnreachableException if no broker answers
   * @throws ConfigurationException if brokers refuse something, a topic is missing, or an option
   *     does not fit
   */
  public static Topics of(Pipeline pipeline, Duration patience)
      throws ConfigurationException, InterruptedException {
    return new TopicCheck(pipeline, patience).topics();
  }

  /**
   * Returns how many partitions topics have.
   *
   * @param byPlace topics, by where a user names them
   * @param patience how long the broker may take
   * @throws UnreachableException if no broker answers
   * @throws ConfigurationException if brokers refuse something or a topic is missing
   */
  public static Map<String, Integer> partitions(
      Pipeline pipeline, Map<String, String> byPlace, Duration patience)
      throws ConfigurationException, InterruptedException {
    return new TopicCheck(pipeline, patience).partitions(byPlace);
  }

  private Map<String, Integer> partitions(Map<String, String> byPlace)
      throws ConfigurationException, InterruptedException {
    requireBroker();
    Map<String, Integer> partitions = new HashMap<>();
    try (Admin admin = Admin.create(properties())) {
      for (Map.Entry<String, String> topic : byPlace.entrySet()) {
        partitions.put(topic.getKey(), partitions(admin, topic.getKey(), topic.getValue()));
      }
    } catch (KafkaException e) {
      throw failure(e);
    }
    if (!problems.isEmpty()) {
      throw new ConfigurationException(hidden(problems));
    }
    return partitions;
  }

  private void requireBroker() throws ConfigurationException {
    if (BrokerAddresses.parse(brokers()).allRefuse(patience)) {
      throw new UnreachableException(hidden(List.of(new BrokerFailure(brokers()).nobody())));
    }
  }

  private Topics topics() throws ConfigurationException, InterruptedException {
    String sink = pipeline.sink().topic();
    String deadLetters = pipeline.deadLetters().topic();
    requireBroker();
    try (Admin admin = Admin.create(properties())) {
      int partitions = partitions(admin, "source.topic", pipeline.source().topic());
      int sinkPartitions = partitions(admin, "sink.topic", sink);
      int deadLetterPartitions = partitions(admin, "dead-letters.topic", deadLetters);
      KafkaSettings settings = new KafkaSettings(admin);
      DescribeClusterResult cluster = admin.describeCluster();
      checkTransactions(settings.transactionMillis(cluster.nodes().get()));
      problems.addAll(ClientOptions.refusals(pipeline));
      if (!problems.isEmpty()) {
        throw new ConfigurationException(hidden(problems));
      }
      return new Topics(
          cluster.clusterId().get(),
          partitions,
          new OutputTopic(sinkPartitions, settings.topic(sink)),
          new OutputTopic(deadLetterPartitions, settings.topic(deadLetters)));
    } catch (ExecutionException e) {
      throw failure(e.getCause() == null ? e : e.getCause());
    } catch (KafkaException e) {
      throw failure(e);
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
  private int partitions(Admin admin, String place, String topic)
      throws ConfigurationException, InterruptedException {
    try {
      return admin
          .describeTopics(List.of(topic))
          .allTopicNames()
          .thenApply(found -> found.values().iterator().next().partitions().size())
          .get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof InvalidTopicException invalid) {
        problems.add(
            "%s: expected the name of a topic, found '%s': %s"
                .formatted(place, topic, invalid.getMessage()));
        return 0;
      }
      if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
        throw failure(e.getCause() == null ? e : e.getCause());
      }
      problems.add(
          "%s: there is no topic %s at %s; create it: kafka-topics.sh --bootstrap-server %s --create --topic %s"
              .formatted(place, topic, brokers(), brokers(), topic));
      return 0;
    }
  }

  private void checkTransactions(long mostMillis) {
    long millis = pipeline.transactionTimeout().toMillis();
    if (pipeline.sink().delivery() == Delivery.EXACTLY_ONCE && millis > mostMillis) {
      problems.add(
          "transaction-timeout: expected at most the broker's transaction.max.timeout.ms of %d ms, found %d ms; shorten it, or raise that of the broker"
              .formatted(mostMillis, millis));
    }
  }

  private ConfigurationException failure(Throwable cause) {
    List<String> problem = hidden(List.of(new BrokerFailure(brokers()).problem(cause, patience)));
    return UnreachableException.orRefusal(Outage.isBehind(cause), problem);
  }

  /** Topics, brokers and what Kafka says of its options may come from the environment. */
  private List<String> hidden(List<String> why) {
    return why.stream().map(pipeline.secrets()::hide).toList();
  }

  private String brokers() {
    return pipeline.source().bootstrapServers();
  }
}
