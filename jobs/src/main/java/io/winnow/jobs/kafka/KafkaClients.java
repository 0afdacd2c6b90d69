package io.winnow.jobs.kafka;

import io.winnow.jobs.pipeline.Pipeline;
import java.io.IOException;
import java.time.Duration;
import java.util.Properties;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.common.KafkaException;

/** The settings of every Kafka client of a pipeline. */
public final class KafkaClients {
  private KafkaClients() {}

  /** Returns the user's settings and the brokers. May hold secrets. */
  public static Properties properties(Pipeline pipeline) {
    Properties properties = new Properties();
    properties.putAll(pipeline.kafka());
    properties.setProperty(
        CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, pipeline.source().bootstrapServers());
    return properties;
  }

  /** Returns the failure of a client that could not even be made, so that it asked nobody. */
  static IOException unopened(Pipeline pipeline, KafkaException failure) {
    String brokers = pipeline.source().bootstrapServers();
    String message = new BrokerFailure(brokers).problem(failure, Duration.ZERO);
    return new IOException(pipeline.secrets().hide(message), failure);
  }
}
