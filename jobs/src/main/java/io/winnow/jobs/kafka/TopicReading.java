package io.winnow.jobs.kafka;

import io.winnow.jobs.format.SourceRecord;
import io.winnow.jobs.pipeline.Pipeline;
import io.winnow.jobs.replay.PartitionRange;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/** Reads ranges of a topic to their ends, committed records only, without a job. */
public final class TopicReading {
  private static final Duration POLL = Duration.ofMillis(200);

  private final Pipeline pipeline;
  private final String topic;
  private final Duration patience;

  /**
   * Creates a reading.
   *
   * @param patience how long nothing may come
   */
  public TopicReading(Pipeline pipeline, String topic, Duration patience) {
    this.pipeline = pipeline;
    this.topic = topic;
    this.patience = patience;
  }

  /** Reads the ranges; what retention took meanwhile is left out. */
  public void read(List<PartitionRange> ranges, Consumer<SourceRecord> reader) throws IOException {
    Map<TopicPartition, PartitionRange> left = new HashMap<>();
    for (PartitionRange range : ranges) {
      left.put(new TopicPartition(topic, range.partition()), range);
    }
    try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(properties())) {
      consumer.assign(left.keySet());
      left.forEach((partition, range) -> consumer.seek(partition, range.from()));
      read(consumer, left, reader);
    } catch (KafkaException e) {
      throw failure(String.valueOf(e.getMessage()), e);
    }
  }

  private void read(
      KafkaConsumer<byte[], byte[]> consumer,
      Map<TopicPartition, PartitionRange> left,
      Consumer<SourceRecord> reader)
      throws IOException {
    long deadlineNanos = System.nanoTime() + patience.toNanos();
    long before = -1;
    while (!left.isEmpty()) {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
        PartitionRange range = left.get(new TopicPartition(topic, record.partition()));
        if (range != null && record.offset() < range.to()) {
          reader.accept(SourceRecordDeserializer.record(record));
        }
      }
      long position = left.keySet().stream().mapToLong(consumer::position).sum();
      if (left.entrySet().removeIf(e -> consumer.position(e.getKey()) >= e.getValue().to())) {
        consumer.assign(left.keySet());
      }
      if (position != before) {
        before = position;
        deadlineNanos = System.nanoTime() + patience.toNanos();
      } else if (System.nanoTime() > deadlineNanos) {
        throw failure("nothing came for " + patience.toSeconds() + " s", null);
      }
    }
  }

  private IOException failure(String why, @Nullable Throwable cause) {
    String message = "Expected to read topic '%s' to its end, but %s".formatted(topic, why);
    return new IOException(pipeline.secrets().hide(message), cause);
  }

  private Properties properties() {
    Properties properties = KafkaClients.properties(pipeline);
    String bytes = ByteArrayDeserializer.class.getName();
    properties.setProperty(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, bytes);
    properties.setProperty(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, bytes);
    properties.setProperty(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    properties.setProperty(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
    properties.setProperty(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    properties.setProperty(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false");
    return properties;
  }
}
