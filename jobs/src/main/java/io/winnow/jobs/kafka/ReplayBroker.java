package io.winnow.jobs.kafka;

import io.winnow.jobs.pipeline.Pipeline;
import io.winnow.jobs.replay.Bounds;
import io.winnow.jobs.replay.TopicFacts;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;

/** What a replay, or a look at its result, asks of the brokers. */
public final class ReplayBroker implements AutoCloseable {
  private static final long AGAIN_MILLIS = 50;

  private final Pipeline pipeline;
  private final Duration patience;
  private final Admin admin;

  private ReplayBroker(Pipeline pipeline, Duration patience, Admin admin) {
    this.pipeline = pipeline;
    this.patience = patience;
    this.admin = admin;
  }

  /**
   * Opens a connection.
   *
   * @param patience how long an answer may take
   * @throws IOException if that cannot even be tried, as when nobody knows a broker's host
   */
  public static ReplayBroker connect(Pipeline pipeline, Duration patience) throws IOException {
    Properties properties = KafkaClients.properties(pipeline);
    String millis = Long.toString(patience.toMillis());
    properties.setProperty(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, millis);
    properties.setProperty(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, millis);
    try {
      return new ReplayBroker(pipeline, patience, Admin.create(properties));
    } catch (KafkaException e) {
      throw KafkaClients.unopened(pipeline, e);
    }
  }

  /** Returns what a topic holds now, and where in it the bounds are. */
  public TopicFacts facts(String topic, int partitions, Bounds bounds)
      throws IOException, InterruptedException {
    return new TopicFacts(
        topic,
        new PartitionOffsets(topic, partitions, this::answer, admin)
            .facts(bounds.from(), bounds.to()),
        new KafkaSettings(admin).isCompacted(topic));
  }

  /** Returns what a topic holds now. */
  public TopicFacts facts(String topic) throws IOException, InterruptedException {
    return facts(topic, partitions(topic), Bounds.ALL);
  }

  public boolean hasTopic(String topic) throws IOException, InterruptedException {
    return answer("list the topics", admin.listTopics().names()).contains(topic);
  }

  private int partitions(String topic) throws IOException, InterruptedException {
    return answer(
            "describe the topic " + topic, admin.describeTopics(List.of(topic)).allTopicNames())
        .values()
        .iterator()
        .next()
        .partitions()
        .size();
  }

  /** Creates a topic that keeps the last record of each key for ever. */
  void createCompactedTopic(String topic) throws IOException, InterruptedException {
    create(
        new NewTopic(topic, Optional.of(1), Optional.empty())
            .configs(
                Map.of(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT)));
  }

  /**
   * Creates a topic for the output of a replay, which keeps what the topic keeps that is read; one
   * that exists is left as it is. Records keep their timestamps: with a shorter retention they
   * would soon be deleted.
   *
   * @param read the topic that is read
   * @param partitions that it has
   */
  public void createTopic(String topic, String read, int partitions)
      throws IOException, InterruptedException {
    KafkaSettings settings = new KafkaSettings(admin);
    Map<String, String> config =
        Map.of(
            TopicConfig.RETENTION_MS_CONFIG,
            Long.toString(settings.retentionMillis(read)),
            TopicConfig.MAX_MESSAGE_BYTES_CONFIG,
            Integer.toString(settings.topic(pipeline.sink().topic()).messageBytes()));
    create(new NewTopic(topic, Optional.of(partitions), Optional.empty()).configs(config));
  }

  private void create(NewTopic topic) throws IOException, InterruptedException {
    try {
      admin.createTopics(List.of(topic)).all().get();
    } catch (ExecutionException e) {
      if (!(e.getCause() instanceof TopicExistsException)) {
        throw failure("create the topic " + topic.name(), e);
      }
    }
    awaitTopic(topic.name());
  }

  /** The controller answers before the brokers have read its record of the new topic. */
  private void awaitTopic(String topic) throws IOException, InterruptedException {
    long deadlineNanos = System.nanoTime() + patience.toNanos();
    while (!hasTopic(topic) && System.nanoTime() < deadlineNanos) {
      TimeUnit.MILLISECONDS.sleep(AGAIN_MILLIS);
    }
  }

  /** Returns how long a topic keeps a record, from its timestamp on; empty for ever. */
  public Optional<Duration> retention(String topic) throws InterruptedException {
    long millis = new KafkaSettings(admin).retentionMillis(topic);
    return millis < 0 ? Optional.empty() : Optional.of(Duration.ofMillis(millis));
  }

  /**
   * Returns the records that a consumer group has still to read; empty if it never committed an
   * offset.
   */
  public OptionalLong lag(String group) throws IOException, InterruptedException {
    try {
      return new GroupLag(admin, group).records();
    } catch (ExecutionException e) {
      throw failure("tell the offsets of the consumer group " + group, e);
    }
  }

  /** Deletes the consumer group of a replay that has ended; it is of no use to anybody. */
  public void deleteGroup(String group) throws IOException, InterruptedException {
    answer("delete the consumer group", admin.deleteConsumerGroups(List.of(group)).all());
  }

  private <T> T answer(String what, KafkaFuture<T> future)
      throws IOException, InterruptedException {
    try {
      return future.get();
    } catch (ExecutionException e) {
      throw failure(what, e);
    }
  }

  private IOException failure(String what, ExecutionException e) {
    String message =
        "Expected the brokers to %s, but %s"
            .formatted(what, e.getCause() == null ? e : e.getCause().getMessage());
    return new IOException(pipeline.secrets().hide(message), e);
  }

  @Override
  public void close() {
    admin.close();
  }
}
