package io.winnow.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.winnow.deploy.agent.DeadlyText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
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
      JobTopics.create(broker);
      List<String> written = JobTopics.produce(broker, EVENTS, CrashLoopITCase::value);
      Launcher launcher =
          new Launcher(folder, Map.of("JAVA_OPTS", DeadlyText.option(folder, MARKER)));
      try (KafkaConsumer<byte[], byte[]> consumer = JobTopics.consumer(broker);
          Launcher.Started survivor = supervise(launcher, pipeline(broker), consumer)) {
        assertThat(survivor.errors())
            .contains("ERROR CrashBreaker: Enrichment support: messages-" + written.get(DEADLY))
            .contains("is set aside as a dead letter");
        List<String> later =
            JobTopics.produce(broker, DEADLY, CrashLoopITCase::value); // all harmless
        assertThat(readUntil(consumer, EVENTS + later.size(), survivor)).isTrue();
        Awaitility.await().atMost(PATIENCE).until(() -> notes().isEmpty());
        consumer.poll(Duration.ofSeconds(3)).forEach(read::add); // what comes twice comes now
        assertThat(survivor.process().isAlive()).isTrue();

        assertThat(deaths).isBetween(LIMIT + 1, MANY_STARTS);
        assertThat(read).hasSize(EVENTS + later.size());
        assertThat(JobTopics.positions(read))
            .containsAll(written)
            .containsAll(later)
            .hasSize(read.size());
        List<ConsumerRecord<byte[], byte[]>> rejected = JobTopics.rejected(read);
        assertThat(JobTopics.positions(rejected)).containsExactly(written.get(DEADLY));
        assertThat(JobTopics.header(rejected.get(0), "winnow-reason")).isEqualTo("process-crashed");
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

  private static String value(int number) {
    String text = number == DEADLY ? MARKER : "My card " + number + " has not arrived in Leeds";
    return "{\"text\": \"" + text + "\"}";
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
}
