package io.winnow.deploy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.winnow.deploy.agent.DeadlyText;
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
import java.util.stream.Stream;
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
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A text of which the process dies, and a supervisor that starts it again, as systemd does. */
@Tag("faults")
class CrashLoopITCase {
  private static final String MARKER = "deadly-words";
  private static final int EVENTS = 600;
  private static final int DEADLY = 300;
  private static final int LIMIT = 2;
  private static final int MANY_STARTS = 12;
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  @TempDir Path folder;
  private final List<ConsumerRecord<byte[], byte[]>> read = new ArrayList<>();
  private int deaths;

  @Test
  void recordThatKillsTheProcessAgainAndAgainIsADeadLetterAndTheStreamGoesOn() throws Exception {
    try (BrokerProcess broker = BrokerProcess.start(folder)) {
      createTopics(broker);
      List<String> written = produce(broker, EVENTS);
      Launcher launcher =
          new Launcher(folder, Map.of("JAVA_OPTS", DeadlyText.option(folder, MARKER)));
      try (KafkaConsumer<byte[], byte[]> consumer = consumer(broker);
          Launcher.Started survivor = supervise(launcher, pipeline(broker), consumer)) {
        assertThat(survivor.errors())
            .contains("ERROR CrashBreaker: Enrichment support: messages-" + written.get(DEADLY))
            .contains("is set aside as a dead letter");
        List<String> later = produce(broker, DEADLY); // all harmless
        assertThat(readUntil(consumer, EVENTS + later.size(), survivor)).isTrue();
        Awaitility.await().atMost(PATIENCE).until(() -> notes().isEmpty());
        consumer.poll(Duration.ofSeconds(3)).forEach(read::add); // what comes twice comes now
        assertThat(survivor.process().isAlive()).isTrue();

        assertThat(deaths).isBetween(LIMIT + 1, MANY_STARTS);
        assertThat(read).hasSize(EVENTS + later.size());
        assertThat(positions(read)).containsAll(written).containsAll(later).hasSize(read.size());
        List<ConsumerRecord<byte[], byte[]>> rejected =
            read.stream().filter(record -> record.topic().equals("rejected")).toList();
        assertThat(positions(rejected)).containsExactly(written.get(DEADLY));
        assertThat(header(rejected.get(0), "winnow-reason")).isEqualTo("process-crashed");
      }
    }
  }

  /** Starts the job again whenever it dies, until all events have come. */
  private Launcher.Started supervise(
      Launcher launcher, Path pipeline, KafkaConsumer<byte[], byte[]> consumer) throws Exception {
    while (deaths < MANY_STARTS) {
      Launcher.Started job =
          launcher.start("run", pipeline.toString(), "--state", folder.resolve("state").toString());
      if (readUntil(consumer, EVENTS, job)) {
        return job;
      }
      deaths++;
    }
    throw new AssertionError("The job died " + deaths + " times; " + read.size() + " events came");
  }

  /** Tells whether so many events have come before the job died. */
  private boolean readUntil(KafkaConsumer<byte[], byte[]> consumer, int count, Launcher.Started job)
      throws IOException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (read.size() < count) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError(read.size() + " records came, then: " + job.errors());
      }
      if (!job.process().isAlive()) {
        return false;
      }
      consumer.poll(Duration.ofMillis(100)).forEach(read::add);
    }
    return true;
  }

  private List<Path> notes() throws IOException {
    try (Stream<Path> files = Files.walk(folder.resolve("state/crash-journal"))) {
      return files.filter(file -> file.getFileName().toString().startsWith("record-")).toList();
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

  /** Writes events, the one with index {@link #DEADLY} deadly; returns their positions. */
  private static List<String> produce(BrokerProcess broker, int count) throws Exception {
    List<Future<RecordMetadata>> sent = new ArrayList<>();
    try (var producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", broker.servers()),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      for (int i = 0; i < count; i++) {
        String text = i == DEADLY ? MARKER : "My card " + i + " has not arrived in Leeds";
        byte[] key = ("customer-" + i % 97).getBytes(UTF_8);
        byte[] value = ("{\"text\": \"" + text + "\"}").getBytes(UTF_8);
        sent.add(producer.send(new ProducerRecord<>("messages", key, value)));
      }
    }
    List<String> positions = new ArrayList<>();
    for (Future<RecordMetadata> future : sent) {
      positions.add(future.get().partition() + "@" + future.get().offset());
    }
    return positions;
  }

  private Path pipeline(BrokerProcess broker) throws IOException {
    return Files.writeString(
        folder.resolve("pipeline.yaml"),
        """
        name: crash-test
        source: {bootstrap-servers: "%s", topic: messages}
        text: text
        enrichments:
          - {name: support, model: deploy/models/support, parallelism: 2}
        sink: {topic: enriched}
        dead-letters: {topic: rejected}
        checkpoint-interval: 1s
        crash-limit: %d
        """
            .formatted(broker.servers(), LIMIT));
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
