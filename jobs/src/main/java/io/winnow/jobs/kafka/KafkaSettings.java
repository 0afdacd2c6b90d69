package io.winnow.jobs.kafka;

import java.util.Collection;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;

/**
 * Settings of topics and brokers. A user who may not see them may still write, and an old broker
 * does not have them all: what is not told is taken to be as a broker sets it by default.
 */
record KafkaSettings(Admin admin) {
  private static final String TRANSACTION_MILLIS = "transaction.max.timeout.ms";

  static final long FOR_EVER = -1;

  private static final Config NONE = new Config(List.of());

  /** What brokers before 3.6 have instead of a limit to each side. */
  private static final String TIMESTAMP_DIFFERENCE = "message.timestamp.difference.max.ms";

  TopicLimits topic(String topic) throws InterruptedException {
    return limits(config(ConfigResource.Type.TOPIC, topic));
  }

  /** Returns how long a transaction may stay open at each of the brokers. */
  long transactionMillis(Collection<Node> brokers) throws InterruptedException {
    long least = Long.MAX_VALUE;
    for (Node broker : brokers) {
      Config config = config(ConfigResource.Type.BROKER, broker.idString());
      least = Math.min(least, number(config, TRANSACTION_MILLIS, Long.MAX_VALUE));
    }
    return least;
  }

  /** Tells whether of each key only the last record may be left. */
  boolean isCompacted(String topic) throws InterruptedException {
    ConfigEntry policy =
        config(ConfigResource.Type.TOPIC, topic).get(TopicConfig.CLEANUP_POLICY_CONFIG);
    return policy != null
        && policy.value() != null
        && policy.value().contains(TopicConfig.CLEANUP_POLICY_COMPACT);
  }

  /** Returns how long a topic keeps a record, from its timestamp on; -1 for ever. */
  long retentionMillis(String topic) throws InterruptedException {
    Config config = config(ConfigResource.Type.TOPIC, topic);
    ConfigEntry policy = config.get(TopicConfig.CLEANUP_POLICY_CONFIG);
    boolean deletes =
        policy == null
            || policy.value() == null
            || policy.value().contains(TopicConfig.CLEANUP_POLICY_DELETE);
    return deletes ? number(config, TopicConfig.RETENTION_MS_CONFIG, FOR_EVER) : FOR_EVER;
  }

  static TopicLimits limits(Config config) {
    TopicLimits known = TopicLimits.DEFAULT;
    return new TopicLimits(
        (int) number(config, TopicConfig.MAX_MESSAGE_BYTES_CONFIG, known.messageBytes()),
        number(
            config,
            TopicConfig.MESSAGE_TIMESTAMP_BEFORE_MAX_MS_CONFIG,
            number(config, TIMESTAMP_DIFFERENCE, known.timestampBeforeMillis())),
        number(
            config,
            TopicConfig.MESSAGE_TIMESTAMP_AFTER_MAX_MS_CONFIG,
            number(config, TIMESTAMP_DIFFERENCE, known.timestampAfterMillis())));
  }

  private static long number(Config config, String key, long otherwise) {
    ConfigEntry entry = config.get(key);
    return entry == null || entry.value() == null ? otherwise : Long.parseLong(entry.value());
  }

  private Config config(ConfigResource.Type type, String name) throws InterruptedException {
    ConfigResource resource = new ConfigResource(type, name);
    try {
      return admin.describeConfigs(List.of(resource)).all().get().getOrDefault(resource, NONE);
    } catch (ExecutionException e) {
      return NONE;
    }
  }
}
