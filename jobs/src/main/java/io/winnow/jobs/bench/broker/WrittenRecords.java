package io.winnow.jobs.bench.broker;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/**
 * The records of a topic, those of open transactions too: a text is answered when its answer is
 * written.
 *
 * <p>Not thread-safe. Whoever opens it closes it.
 */
public final class WrittenRecords implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(50);

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final List<TopicPartition> partitions;
  private final List<List<Long>> offsets = new ArrayList<>();
  private List<Long> start = List.of(); // of each partition

  WrittenRecords(KafkaConsumer<byte[], byte[]> consumer, List<TopicPartition> partitions) {
    this.consumer = consumer;
    this.partitions = partitions;
    partitions.forEach(partition -> offsets.add(new ArrayList<>()));
    consumer.assign(partitions);
    startOver();
  }

  /** Forgets what was read; from now on only what is written later counts. */
  public void startOver() {
    start = ends();
    for (TopicPartition partition : partitions) {
      offsets.get(partition.partition()).clear();
      consumer.seek(partition, start.get(partition.partition()));
    }
  }

  /** Returns how many records were written since then, marks of transactions included. */
  public int written() {
    return (int) (total(ends()) - total(start));
  }

  private static long total(List<Long> offsets) {
    return offsets.stream().mapToLong(Long::longValue).sum();
  }

  /** Returns where each partition ends, without reading; marks of transactions are counted. */
  public List<Long> ends() {
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
    return partitions.stream().map(partition -> ends.getOrDefault(partition, 0L)).toList();
  }

  /** Reads on for a moment, and returns how many records were read by now. */
  public int read() {
    for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
      offsets.get(record.partition()).add(record.offset());
    }
    return offsets.stream().mapToInt(List::size).sum();
  }

  /** Returns how many records that were read lie before an end of each partition. */
  public List<Integer> before(List<Long> ends) {
    List<Integer> counts = new ArrayList<>();
    for (int partition = 0; partition < ends.size(); partition++) {
      long end = ends.get(partition);
      counts.add((int) offsets.get(partition).stream().filter(offset -> offset < end).count());
    }
    return counts;
  }

  @Override
  public void close() {
    consumer.close();
  }
}
