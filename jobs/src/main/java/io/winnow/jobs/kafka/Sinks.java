package io.winnow.jobs.kafka;

import io.winnow.jobs.format.OutputRecord;
import io.winnow.jobs.format.SizeLimit;
import io.winnow.jobs.pipeline.Delivery;
import io.winnow.jobs.pipeline.Pipeline;
import java.util.List;
import java.util.Properties;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.connector.kafka.sink.TransactionNamingStrategy;
import org.apache.kafka.clients.producer.ProducerConfig;

/** Writes what a pipeline puts out: enriched events and dead letters. */
public final class Sinks {
  private Sinks() {}

  /**
   * Returns the sink.
   *
   * @param topics what the topics take, which is what a request may hold
   */
  public static KafkaSink<OutputRecord> of(Pipeline pipeline, Topics topics) {
    Properties properties = KafkaClients.properties(pipeline);
    properties.putIfAbsent(
        ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Integer.toString(topics.largestMessageBytes()));
    // Flink's default exceeds what a broker allows by its own default.
    properties.setProperty(
        ProducerConfig.TRANSACTION_TIMEOUT_CONFIG,
        Long.toString(pipeline.transactionTimeout().toMillis()));
    return KafkaSink.<OutputRecord>builder()
        .setKafkaProducerConfig(properties)
        .setDeliveryGuarantee(
            pipeline.sink().delivery() == Delivery.EXACTLY_ONCE
                ? DeliveryGuarantee.EXACTLY_ONCE
                : DeliveryGuarantee.AT_LEAST_ONCE)
        .setTransactionalIdPrefix("winnow-" + pipeline.name())
        // A few ids used again and again, where the other strategy leaves hundreds in the broker.
        .setTransactionNamingStrategy(TransactionNamingStrategy.POOLING)
        .setRecordSerializer(
            new OutputSerializer(List.of(pipeline.sink().topic(), pipeline.deadLetters().topic())))
        .build();
  }

  /**
   * Returns the largest record that gets through to a topic.
   *
   * @param messageBytes what the topic takes
   */
  public static SizeLimit sizeLimit(Pipeline pipeline, int messageBytes) {
    String request = pipeline.kafka().get(ProducerConfig.MAX_REQUEST_SIZE_CONFIG);
    return new SizeLimit(
        request == null ? messageBytes : Math.min(messageBytes, Integer.parseInt(request)));
  }
}
