package io.winnow.jobs.kafka;

import io.winnow.jobs.format.OutputRecord;
import io.winnow.jobs.format.RawBytes;
import io.winnow.schemas.Header;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.flink.connector.kafka.lineage.DefaultKafkaDatasetFacet;
import org.apache.flink.connector.kafka.lineage.DefaultKafkaDatasetIdentifier;
import org.apache.flink.connector.kafka.lineage.KafkaDatasetFacet;
import org.apache.flink.connector.kafka.lineage.KafkaDatasetFacetProvider;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/** Writes each record to the topic that it names: output and dead letters, in one transaction. */
final class OutputSerializer
    implements KafkaRecordSerializationSchema<OutputRecord>, KafkaDatasetFacetProvider {
  private static final long serialVersionUID = 1L;

  private final int sourcePartitions;
  private final HashMap<String, OutputTopic> topics;

  /**
   * Creates a serializer.
   *
   * @param sourcePartitions partitions of the source topic
   * @param topics every topic that a record may name: the sink looks there for its transactions
   */
  OutputSerializer(int sourcePartitions, Map<String, OutputTopic> topics) {
    this.sourcePartitions = sourcePartitions;
    this.topics = new HashMap<>(topics);
  }

  @Override
  public Optional<KafkaDatasetFacet> getKafkaDatasetFacet() {
    return Optional.of(
        new DefaultKafkaDatasetFacet(
            DefaultKafkaDatasetIdentifier.ofTopics(List.copyOf(topics.keySet()))));
  }

  @Override
  public ProducerRecord<byte[], byte[]> serialize(
      OutputRecord record, KafkaSinkContext context, @Nullable Long timestamp) {
    return toWrite(record);
  }

  ProducerRecord<byte[], byte[]> toWrite(OutputRecord record) {
    OutputTopic topic = Objects.requireNonNull(topics.get(record.topic()), record.topic());
    ProducerRecord<byte[], byte[]> written =
        new ProducerRecord<>(
            record.topic(),
            topic.partition(record.sourcePartition(), sourcePartitions),
            timestamp(record, topic.limits()),
            record.key(),
            record.value());
    for (Header header : record.headers()) {
      written.headers().add(header.getKey(), RawBytes.ofNullable(header.getValue()));
    }
    return written;
  }

  /**
   * Returns the record's timestamp; none where it has none, or one that the topic refuses: the
   * record would fail its transaction again and again. Its value still tells the one it had.
   */
  private static @Nullable Long timestamp(OutputRecord record, TopicLimits limits) {
    boolean written =
        record.timestamp() >= 0 && limits.takes(record.timestamp(), System.currentTimeMillis());
    return written ? record.timestamp() : null;
  }
}
