package io.winnow.jobs;

import io.winnow.jobs.demo.EmbeddedKafka;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;

/** A real broker in this JVM with plain clients, for integration tests. */
public final class Broker implements AutoCloseable {
  private final EmbeddedKafka kafka;
  private final Clients clients;

  private Broker(EmbeddedKafka kafka) {
    this.kafka = kafka;
    this.clients = new Clients(kafka.bootstrapServers());
  }

  public static Broker start(Path folder) throws IOException {
    return new Broker(EmbeddedKafka.start(folder, 0));
  }

  public String servers() {
    return kafka.bootstrapServers();
  }

  public void topics(int partitions, String... names) throws IOException, InterruptedException {
    for (String name : names) {
      // Timestamps of tests are old: after half a minute the broker would delete their records.
      kafka.createTopic(
          name, partitions, Map.of("max.message.bytes", "4194304", "retention.ms", "-1"));
    }
  }

  /** Writes records with a plain producer and returns where they came to lie. */
  public List<RecordMetadata> produce(List<ProducerRecord<byte[], byte[]>> records)
      throws InterruptedException, ExecutionException {
    return clients.produce(records);
  }

  /** Reads committed records from the start of the topics until the condition holds. */
  public List<ConsumerRecord<byte[], byte[]>> consume(
      List<String> topics, Predicate<List<ConsumerRecord<byte[], byte[]>>> enough) {
    return clients.consume(topics, enough);
  }

  @Override
  public void close() {
    kafka.close();
  }
}
