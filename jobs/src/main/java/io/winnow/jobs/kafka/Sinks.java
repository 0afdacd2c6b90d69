package io.winnow.jobs.kafka;

import io.winnow.jobs.format.OutputRecord;
import io.winnow.jobs.format.SizeLimit;
import io.winnow.jobs.pipeline.Delivery;
import io.winnow.jobs.pipeline.Pipeline;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.connector.kafka.sink.TransactionNamingStrategy;
import org.apache.kafka.clients.producer.ProducerConfig;

/** Writes what a pipeline puts out: enriched events and dead letters. */
public final class Sinks {
  private static final long DEFAULT_BUFFER_BYTES = 32L << 20; // Kafka's own
  private static final String LINGER_MILLIS = "100";
  private static final String SHORT_LINGER_MILLIS = "1";
  private static final String BATCH_BYTES = Integer.toString(128 << 10);

  private Sinks() {}

  /**
   * Returns the sink.
   *
   * @param topics what the topics take, which is what a request may hold
   * @param transactionalIdPrefix the sink aborts what is open of all that begins with it
   */
  public static Sink<OutputRecord> of(
      Pipeline pipeline, Topics topics, String transactionalIdPrefix) {
    return new TidySink<>(
        kafkaSink(pipeline, topics, transactionalIdPrefix),
        pipeline.sink().delivery() == Delivery.EXACTLY_ONCE
            ? new TransactionProbe(
                KafkaClients.properties(pipeline),
                List.of(pipeline.sink().topic(), pipeline.deadLetters().topic()))
            : TransactionProbe.NONE);
  }

  private static KafkaSink<OutputRecord> kafkaSink(
      Pipeline pipeline, Topics topics, String transactionalIdPrefix) {
    return KafkaSink.<OutputRecord>builder()
        .setKafkaProducerConfig(properties(pipeline, topics))
        .setDeliveryGuarantee(
            pipeline.sink().delivery() == Delivery.EXACTLY_ONCE
                ? DeliveryGuarantee.EXACTLY_ONCE
                : DeliveryGuarantee.AT_LEAST_ONCE)
        .setTransactionalIdPrefix(transactionalIdPrefix)
        // A few ids used again and again, where the other strategy leaves hundreds in the broker.
        .setTransactionNamingStrategy(TransactionNamingStrategy.POOLING)
        .setRecordSerializer(serializer(pipeline, topics))
        .build();
  }

  static OutputSerializer serializer(Pipeline pipeline, Topics topics) {
    return new OutputSerializer(
        topics.sourcePartitions(),
        Map.of(
            pipeline.sink().topic(),
            topics.sink(),
            pipeline.deadLetters().topic(),
            topics.deadLetters()));
  }

  /**
   * Returns what the transactional ids of a pipeline's job begin with. No name holds its end mark,
   * so that of a pipeline whose name begins with this one's begins otherwise.
   */
  public static String transactionalIdPrefix(Pipeline pipeline) {
    return "winnow-" + pipeline.name() + "/";
  }

  static Properties properties(Pipeline pipeline, Topics topics) {
    Properties properties = KafkaClients.properties(pipeline);
    int largest = topics.largestMessageBytes();
    properties.putIfAbsent(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Integer.toString(largest));
    properties.putIfAbsent( // a record that does not fit is refused
        ProducerConfig.BUFFER_MEMORY_CONFIG,
        Long.toString(Math.max(DEFAULT_BUFFER_BYTES, 2L * largest)));
    if (pipeline.sink().delivery() == Delivery.EXACTLY_ONCE) {
      // Readers wait for the checkpoint anyway, and each request wakes threads that take cores from
      // the models.
      properties.putIfAbsent(ProducerConfig.LINGER_MS_CONFIG, LINGER_MILLIS);
      properties.putIfAbsent(ProducerConfig.BATCH_SIZE_CONFIG, BATCH_BYTES);
    } else {
      properties.putIfAbsent(ProducerConfig.LINGER_MS_CONFIG, SHORT_LINGER_MILLIS);
    }
    // Flink's default exceeds what a broker allows by its own default.
    properties.setProperty(
        ProducerConfig.TRANSACTION_TIMEOUT_CONFIG,
        Long.toString(pipeline.transactionTimeout().toMillis()));
    return properties;
  }

  /**
   * Returns the largest record that gets through to a topic.
   *
   * @param topic what the topic takes
   */
  public static SizeLimit sizeLimit(Pipeline pipeline, TopicLimits topic) {
    String request = pipeline.kafka().get(ProducerConfig.MAX_REQUEST_SIZE_CONFIG);
    return new SizeLimit(
        request == null
            ? topic.messageBytes()
            : Math.min(topic.messageBytes(), Integer.parseInt(request)));
  }
}
