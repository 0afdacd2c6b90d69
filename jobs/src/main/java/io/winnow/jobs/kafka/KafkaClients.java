package io.winnow.jobs.kafka;

import io.winnow.jobs.pipeline.Pipeline;
import java.util.Properties;
import org.apache.kafka.clients.CommonClientConfigs;

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
}
