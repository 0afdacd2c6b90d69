package io.winnow.deploy;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;

/**
 * The topics of a job: what was put in, and what came out of it, read committed.
 *
 * <p>Each record is known by its position in the source, as {@code partition@offset}, whichever
 * topic it comes out of.
 */
final class JobTopics {
  static final String SOURCE = "messages";
  static final String ENRICHED = "enriched";
  static final String REJECTED = "rejected";

  private static final int PARTITIONS = 3;
  private static final int KEYS = 97;
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private JobTopics() {}

  /** Creates the topics, as soon as the broker answers. */
  static void create(BrokerProcess broker) throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.servers()))) {
      List<NewTopic> topics = new ArrayList<>();
      for (String name : List.of(SOURCE, ENRICHED, REJECTED)) {
        topics.add(new NewTopic(name, PARTITIONS, (short) 1));
      }
      Awaitility.await()
          .atMost(PATIENCE)
          .ignoreExceptions()
          .until(() -> !admin.describeCluster().nodes().get().isEmpty());
      admin.createTopics(topics).all().get();
    }
  }

  /** Puts events in, and returns their positions in the order of their numbers. */
  static List<String> produce(BrokerProcess broker, int events, IntFunction<String> value)
      throws Exception {
    List<Future<RecordMetadata>> sent = new ArrayList<>();
    try (var producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", broker.servers()),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      for (int i = 0; i < events; i++) {
        byte[] key = ("customer-" + i % KEYS).getBytes(UTF_8);
        sent.add(producer.send(new ProducerRecord<>(SOURCE, key, value.apply(i).getBytes(UTF_8))));
      }
    }
    List<String> positions = new ArrayList<>();
    for (Future<RecordMetadata> future : sent) {
      positions.add(future.get().partition() + "@" + future.get().offset());
    }
    return positions;
  }

  /** Returns a consumer of all that comes out. */
  static KafkaConsumer<byte[], byte[]> consumer(BrokerProcess broker) {
    KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.of(
                "bootstrap.servers", broker.servers(),
                "group.id", "test",
                "auto.offset.reset", "earliest",
                "isolation.level", "read_committed"),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
    consumer.subscribe(List.of(ENRICHED, REJECTED));
    return consumer;
  }

  /** Returns where records that came out were read from. */
  static Set<String> positions(List<ConsumerRecord<byte[], byte[]>> records) {
    Set<String> positions = new HashSet<>();
    for (ConsumerRecord<byte[], byte[]> record : records) {
      positions.add(
          header(record, "winnow-source-partition") + "@" + header(record, "winnow-source-offset"));
    }
    return positions;
  }

  static List<ConsumerRecord<byte[], byte[]>> rejected(
      List<ConsumerRecord<byte[], byte[]>> records) {
    return records.stream().filter(record -> record.topic().equals(REJECTED)).toList();
  }

  static String header(ConsumerRecord<byte[], byte[]> record, String name) {
    return new String(record.headers().lastHeader(name).value(), UTF_8);
  }
}
