package io.winnow.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
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
      JobTopics.create(broker);
      Set<String> written = Set.copyOf(JobTopics.produce(broker, EVENTS, RunITCase::value));
      Path pipeline = pipeline(broker);
      Launcher launcher = new Launcher(folder);
      String[] run = {"run", pipeline.toString(), "--state", folder.resolve("state").toString()};

      List<ConsumerRecord<byte[], byte[]>> read = new ArrayList<>();
      try (KafkaConsumer<byte[], byte[]> consumer = JobTopics.consumer(broker)) {
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
      assertThat(JobTopics.positions(read)).isEqualTo(written);
      assertThat(JobTopics.rejected(read)).hasSize(EVENTS / 100);
    }
  }

  private static String value(int number) {
    return number % 100 == 7
        ? "{broken"
        : "{\"text\": \"My card " + number + " has not arrived in Leeds\"}";
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
}
