package io.winnow.jobs.kafka;

import io.winnow.jobs.diff.RecordCursor;
import io.winnow.jobs.diff.TopicRecords;
import io.winnow.jobs.format.SourceRecord;
import io.winnow.jobs.pipeline.Pipeline;
import io.winnow.jobs.replay.PartitionRange;
import io.winnow.jobs.replay.ReplayRange;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * The committed records in a range of a topic, read partition by partition. What retention takes
 * meanwhile is left out.
 *
 * <p>Not thread-safe.
 */
public final class CommittedRecords implements TopicRecords, AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(500);

  private final Pipeline pipeline;
  private final ReplayRange range;
  private final int partitions;
  private final Duration patience;
  private final KafkaConsumer<byte[], byte[]> consumer;

  /**
   * Connects to the brokers of a pipeline.
   *
   * @param partitions that the topic has
   * @param patience how long the brokers may take for the next records
   * @throws IOException if that cannot even be tried, as when nobody knows a broker's host
   */
  public CommittedRecords(Pipeline pipeline, ReplayRange range, int partitions, Duration patience)
      throws IOException {
    this.pipeline = pipeline;
    this.range = range;
    this.partitions = partitions;
    this.patience = patience;
    try {
      this.consumer =
          new KafkaConsumer<>(
              properties(pipeline), new ByteArrayDeserializer(), new ByteArrayDeserializer());
    } catch (KafkaException e) {
      throw KafkaClients.unopened(pipeline, e);
    }
  }

  private static Properties properties(Pipeline pipeline) {
    Properties properties = KafkaClients.properties(pipeline);
    properties.setProperty(ConsumerConfig.CLIENT_ID_CONFIG, "winnow-reader");
    properties.setProperty(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    properties.setProperty(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    properties.setProperty(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
    properties.setProperty(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false");
    return properties;
  }

  @Override
  public String topic() {
    return range.topic();
  }

  @Override
  public int partitions() {
    return partitions;
  }

  @Override
  public long offsets() {
    return range.offsets();
  }

  @Override
  public RecordCursor open(int partition) {
    TopicPartition opened = new TopicPartition(range.topic(), partition);
    PartitionRange of =
        range.partitions().stream()
            .filter(found -> found.partition() == partition)
            .findFirst()
            .orElse(new PartitionRange(partition, 0, 0));
    if (of.offsets() > 0) {
      consumer.assign(List.of(opened)); // no group, so there is none to wait for
      consumer.seek(opened, of.from());
    }
    return new Cursor(opened, of);
  }

  @Override
  public void close() {
    consumer.close();
  }

  /** Reads one partition with the one consumer. */
  private final class Cursor implements RecordCursor {
    private final TopicPartition partition;
    private final long end;
    private long position;

    Cursor(TopicPartition partition, PartitionRange range) {
      this.partition = partition;
      this.position = range.from();
      this.end = range.to();
    }

    @Override
    public boolean isAtEnd() {
      return position >= end;
    }

    @Override
    public List<SourceRecord> next() throws IOException, InterruptedException {
      List<SourceRecord> records = new ArrayList<>();
      long before = position;
      long deadlineNanos = System.nanoTime() + patience.toNanos();
      while (!isAtEnd() && position == before) {
        if (System.nanoTime() - deadlineNanos > 0) {
          throw failure(
              "none came within %d s".formatted(patience.toSeconds()), new TimeoutException());
        }
        poll(records);
      }
      return records;
    }

    private void poll(List<SourceRecord> records) throws IOException, InterruptedException {
      try {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
          if (record.offset() < end) {
            records.add(SourceRecordDeserializer.record(record));
          }
        }
        this.position = consumer.position(partition); // also behind what is no record
      } catch (InterruptException e) {
        throw new InterruptedException(e.getMessage());
      } catch (KafkaException e) {
        throw failure(String.valueOf(e.getMessage()), e);
      }
    }

    private IOException failure(String why, KafkaException cause) {
      String message =
          "Expected the brokers to give the records of %s from offset %d to %d, but %s"
              .formatted(partition, position, end, why);
      return new IOException(pipeline.secrets().hide(message), cause);
    }
  }
}
