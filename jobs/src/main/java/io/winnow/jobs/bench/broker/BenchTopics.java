package io.winnow.jobs.bench.broker;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.winnow.jobs.bench.BenchText;
import io.winnow.jobs.demo.EmbeddedKafka;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A broker in this process and its topics. */
public final class BenchTopics implements AutoCloseable {
  /** Name of the field that holds the text. */
  public static final String TEXT = "text";

  private static final ObjectMapper JSON = new ObjectMapper();

  private final EmbeddedKafka kafka;
  private final int partitions;

  private BenchTopics(EmbeddedKafka kafka, int partitions) {
    this.kafka = kafka;
    this.partitions = partitions;
  }

  /**
   * Starts a broker.
   *
   * @param folder where it keeps its data, which stays
   * @param partitions partitions of each topic
   */
  public static BenchTopics start(Path folder, int partitions) throws IOException {
    return new BenchTopics(EmbeddedKafka.start(folder, 0), partitions);
  }

  public String bootstrapServers() {
    return kafka.bootstrapServers();
  }

  public void create(String topic) throws IOException, InterruptedException {
    kafka.createTopic(topic, partitions, Map.of());
  }

  /** Writes texts as JSON, in turn to each partition, and returns once they are there. */
  public void write(String topic, List<BenchText> texts) {
    try (KafkaProducer<byte[], byte[]> producer = producer(Map.of())) {
      for (int i = 0; i < texts.size(); i++) {
        var unused = producer.send(record(topic, i, texts.get(i)));
      }
    }
  }

  /** Returns how the records that come into a topic from now on can be counted. */
  public WrittenRecords written(String topic) {
    return new WrittenRecords(consumer(), partitions(topic));
  }

  /** Returns a stream of texts that come at a rate. */
  public PacedTexts paced(String topic, List<BenchText> texts, double perSecond) {
    return new PacedTexts(this, topic, texts, perSecond);
  }

  /** Returns a producer, which its caller closes. */
  KafkaProducer<byte[], byte[]> producer(Map<String, Object> more) {
    Map<String, Object> settings = new HashMap<>(more);
    settings.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers());
    return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
  }

  /** Returns a consumer without a group, which its caller closes. */
  KafkaConsumer<byte[], byte[]> consumer() {
    return new KafkaConsumer<>(
        Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers()),
        new ByteArrayDeserializer(),
        new ByteArrayDeserializer());
  }

  /** Returns all partitions of a topic, by their numbers. */
  List<TopicPartition> partitions(String topic) {
    return IntStream.range(0, partitions).mapToObj(p -> new TopicPartition(topic, p)).toList();
  }

  ProducerRecord<byte[], byte[]> record(String topic, int index, BenchText text) {
    String json = JSON.createObjectNode().put(TEXT, text.text()).toString();
    return new ProducerRecord<>(topic, index % partitions, null, json.getBytes(UTF_8));
  }

  /** Stops the broker. */
  @Override
  public void close() {
    kafka.close();
  }
}
