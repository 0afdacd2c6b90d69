package io.winnow.deploy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Future;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A broker, the job, a producer and a consumer, as separate as in real life. */
class RunITCase {
  private static final int EVENTS = 10_000;
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  @TempDir Path folder;

  @Test
  void everyEventComesOutOnceThoughTheProcessIsKilledInBetween() throws Exception {
    try (BrokerProcess broker = BrokerProcess.start(folder)) {
      createTopics(broker);
      Set<String> written = produce(broker);
      Path pipeline = pipeline(broker);
      Launcher launcher = new Launcher(folder);
      String[] run = {"run", pipeline.toString(), "--state", folder.resolve("state").toString()};

      List<ConsumerRecord<byte[], byte[]>> read = new ArrayList<>();
      try (KafkaConsumer<byte[], byte[]> consumer = consumer(broker)) {
        try (Launcher.Started first = launcher.start(run)) {
          readUntil(consumer, read, EVENTS / 5, first);
          first.kill();
        }
        assertThat(read).hasSizeLessThan(EVENTS);
        try (Launcher.Started second = launcher.start(run)) {
          readUntil(consumer, read, EVENTS, second);
          consumer.poll(Duration.ofSeconds(3)).forEach(read::add); // what comes twice comes now
        }
      }

      assertThat(read).hasSize(EVENTS);
      assertThat(positions(read)).isEqualTo(written);
      assertThat(read.stream().filter(record -> record.topic().equals("rejected")))
          .hasSize(EVENTS / 100);
    }
  }

  private static void createTopics(BrokerProcess broker) throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.servers()))) {
      List<NewTopic> topics = new ArrayList<>();
      for (String name : List.of("messages", "enriched", "rejected")) {
        topics.add(new NewTopic(name, 3, (short) 1));
      }
      Awaitility.await()
          .atMost(PATIENCE)
          .ignoreExceptions()
          .until(() -> !admin.describeCluster().nodes().get().isEmpty());
      admin.createTopics(topics).all().get();
    }
  }

  private static Set<String> produce(BrokerProcess broker) throws Exception {
    List<Future<RecordMetadata>> sent = new ArrayList<>();
    try (var producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", broker.servers()),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      for (int i = 0; i < EVENTS; i++) {
        String value =
            i % 100 == 7 ? "{broken" : "{\"text\": \"My card " + i + " has not arrived in Leeds\"}";
        byte[] key = ("customer-" + i % 97).getBytes(UTF_8);
        sent.add(producer.send(new ProducerRecord<>("messages", key, value.getBytes(UTF_8))));
      }
    }
    Set<String> written = new HashSet<>();
    for (Future<RecordMetadata> future : sent) {
      written.add(future.get().partition() + "@" + future.get().offset());
    }
    return written;
  }

  private Path pipeline(BrokerProcess broker) throws IOException {
    return Files.writeString(
        folder.resolve("pipeline.yaml"),
        """
        name: run-test
        source: {bootstrap-servers: "%s", topic: messages}
        text: text
        enrichments:
          - {name: support, model: deploy/models/support}
        sink: {topic: enriched}
        dead-letters: {topic: rejected}
        checkpoint-interval: 500ms
        """
            .formatted(broker.servers()));
  }

  private static KafkaConsumer<byte[], byte[]> consumer(BrokerProcess broker) {
    KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.of(
                "bootstrap.servers", broker.servers(),
                "group.id", "test",
                "auto.offset.reset", "earliest",
                "isolation.level", "read_committed"),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
    consumer.subscribe(List.of("enriched", "rejected"));
    return consumer;
  }

  private static void readUntil(
      KafkaConsumer<byte[], byte[]> consumer,
      List<ConsumerRecord<byte[], byte[]>> read,
      int count,
      Launcher.Started job)
      throws IOException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (read.size() < count) {
      if (!job.process().isAlive() || System.nanoTime() > deadline) {
        throw new AssertionError(read.size() + " records came, then: " + job.errors());
      }
      consumer.poll(Duration.ofMillis(100)).forEach(read::add);
    }
  }

  private static Set<String> positions(List<ConsumerRecord<byte[], byte[]>> records) {
    Set<String> positions = new HashSet<>();
    for (ConsumerRecord<byte[], byte[]> record : records) {
      positions.add(
          header(record, "winnow-source-partition") + "@" + header(record, "winnow-source-offset"));
    }
    return positions;
  }

  private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
    return new String(record.headers().lastHeader(name).value(), UTF_8);
  }
}
