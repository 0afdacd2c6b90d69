package io.winnow.jobs;

import io.winnow.jobs.demo.EmbeddedKafka;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A real broker in this JVM with plain clients, for integration tests. */
public final class Broker implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private final EmbeddedKafka kafka;

  private Broker(EmbeddedKafka kafka) {
    this.kafka = kafka;
  }

  public static Broker start(Path folder) throws IOException {
    return new Broker(EmbeddedKafka.start(folder, 0));
  }

  public String servers() {
    return kafka.bootstrapServers();
  }

  public void topics(int partitions, String... names) throws IOException, InterruptedException {
    for (String name : names) {
      kafka.createTopic(name, partitions, Map.of("max.message.bytes", "4194304"));
    }
  }

  /** Writes records with a plain producer and returns where they came to lie. */
  public List<RecordMetadata> produce(List<ProducerRecord<byte[], byte[]>> records)
      throws InterruptedException, ExecutionException {
    Map<String, Object> settings =
        Map.of(
            ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
            servers(),
            ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
            4_194_304);
    List<Future<RecordMetadata>> sent = new ArrayList<>();
    try (var producer =
        new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
      records.forEach(record -> sent.add(producer.send(record)));
    }
    List<RecordMetadata> written = new ArrayList<>();
    for (Future<RecordMetadata> future : sent) {
      written.add(future.get());
    }
    return written;
  }

  /** Reads committed records from the start of the topics until the condition holds. */
  public List<ConsumerRecord<byte[], byte[]>> consume(
      List<String> topics, Predicate<List<ConsumerRecord<byte[], byte[]>>> enough) {
    Map<String, Object> settings =
        Map.of(
            ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
            servers(),
            ConsumerConfig.GROUP_ID_CONFIG,
            "test-" + System.nanoTime(),
            ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
            "earliest",
            ConsumerConfig.ISOLATION_LEVEL_CONFIG,
            "read_committed");
    List<ConsumerRecord<byte[], byte[]>> read = new ArrayList<>();
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    try (var consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      consumer.subscribe(topics);
      while (!enough.test(read)) {
        if (System.nanoTime() > deadline) {
          throw new AssertionError(
              "Only " + read.size() + " records came within " + PATIENCE + " in " + topics);
        }
        consumer.poll(Duration.ofMillis(200)).forEach(read::add);
      }
      // What comes once too often comes now.
      consumer.poll(Duration.ofSeconds(2)).forEach(read::add);
    }
    return read;
  }

  @Override
  public void close() {
    kafka.close();
  }
}
