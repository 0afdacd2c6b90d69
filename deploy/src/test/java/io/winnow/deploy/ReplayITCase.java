package io.winnow.deploy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A replay in a process of its own that is killed in its middle, and goes on. */
class ReplayITCase {
  private static final int EVENTS = 2_000;
  private static final int BAD = EVENTS / 100;
  private static final int PARTITIONS = 2;
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  @TempDir Path folder;

  @Test
  void aKilledReplayGoesOnAndIsEqualToOneThatWasNot() throws Exception {
    try (BrokerProcess broker = BrokerProcess.start(folder);
        PipelineTopics topics = PipelineTopics.create(broker.servers(), PARTITIONS)) {
      topics.produce(EVENTS);
      String state = folder.resolve("replays").toString();
      String[] start = {
        "replay",
        topics.pipeline(folder, "replay-test").toString(),
        "--from",
        "earliest",
        "--to",
        "now",
        "--create-topic",
        "--to-topic",
        "killed",
        "--max-rate",
        "200",
        "--state",
        state
      };
      Launcher launcher = Launcher.winnow(folder);

      try (Launcher.Started first = launcher.start(start)) {
        read(broker, "killed", EVENTS / 5, first);
        first.kill();
      }
      JsonNode stopped = new ObjectMapper().readTree(replays(launcher, state));
      assertThat(stopped.path("state").asText()).isEqualTo("stopped");
      assertThat(stopped.path("read").asInt()).isPositive().isLessThan(EVENTS);
      String id = stopped.path("id").asText();
      Launcher.Finished resumed =
          launcher.run("", "replay", "--resume", id, "--state", state, "--json");

      assertThat(resumed.status()).as(resumed.err()).isZero();
      JsonNode summary = new ObjectMapper().readTree(resumed.out());
      assertThat(summary.path("read").asInt()).isEqualTo(EVENTS);
      assertThat(summary.path("enriched").asInt()).isEqualTo(EVENTS - BAD);
      assertThat(summary.path("rejected").asInt()).isEqualTo(BAD);

      start[8] = "whole";
      start[10] = "100000";
      Launcher.Finished whole = launcher.run("", start);
      assertThat(whole.status()).as(whole.err()).isZero();
      assertThat(read(broker, "killed", EVENTS - BAD, null))
          .isEqualTo(read(broker, "whole", EVENTS - BAD, null));
      int letters = 0;
      for (List<String> partition : read(broker, "rejected", 2 * BAD, null).values()) {
        letters += partition.size();
      }
      assertThat(letters).isEqualTo(2 * BAD);
    }
  }

  private static String replays(Launcher launcher, String state) throws Exception {
    return launcher.run("", "replays", "--state", state, "--json").out();
  }

  /**
   * Reads the committed values of each partition until there are as many.
   *
   * @param job must go on meanwhile; null for none
   */
  private static Map<Integer, List<String>> read(
      BrokerProcess broker, String topic, int count, Launcher.@Nullable Started job)
      throws IOException {
    Map<Integer, List<String>> values = new TreeMap<>();
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    int read = 0;
    try (KafkaConsumer<byte[], byte[]> consumer = consumer(broker, topic)) {
      while (read < count) {
        if ((job != null && !job.process().isAlive()) || System.nanoTime() > deadline) {
          throw new AssertionError(
              read + " records came in " + topic + ": " + (job == null ? "" : job.errors()));
        }
        read += add(values, consumer.poll(Duration.ofMillis(100)));
      }
      add(values, consumer.poll(Duration.ofSeconds(2))); // what comes twice comes now
    }
    return values;
  }

  private static int add(
      Map<Integer, List<String>> values, Iterable<ConsumerRecord<byte[], byte[]>> records) {
    int added = 0;
    for (ConsumerRecord<byte[], byte[]> record : records) {
      values
          .computeIfAbsent(record.partition(), partition -> new ArrayList<>())
          .add(new String(record.value(), UTF_8));
      added++;
    }
    return added;
  }

  private static KafkaConsumer<byte[], byte[]> consumer(BrokerProcess broker, String topic) {
    KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.of(
                "bootstrap.servers", broker.servers(),
                "group.id", "test-" + System.nanoTime(),
                "auto.offset.reset", "earliest",
                "allow.auto.create.topics", "false",
                "metadata.max.age.ms", "500",
                "isolation.level", "read_committed"),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
    consumer.subscribe(List.of(topic));
    return consumer;
  }
}
