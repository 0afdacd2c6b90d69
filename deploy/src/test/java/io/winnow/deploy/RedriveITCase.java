package io.winnow.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A redrive in a process of its own that is killed in its middle, and started again. */
@Tag("faults")
class RedriveITCase {
  private static final int EVENTS = 4_000;
  private static final int BAD = EVENTS / 100;
  private static final int PARTITIONS = 2;

  @TempDir Path folder;

  @Test
  void eachDeadLetterGoesBackOnceThoughTheProcessIsKilled() throws Exception {
    try (BrokerProcess broker = BrokerProcess.start(folder);
        PipelineTopics topics = PipelineTopics.create(broker.servers(), PARTITIONS)) {
      topics.produce(EVENTS);
      Launcher launcher = Launcher.winnow(folder);
      Path tight = topics.pipeline(folder, "redrive-test", "max-characters: 5");
      String state = folder.resolve("state").toString();
      try (Launcher.Started live =
          launcher.start("run", tight.toString(), "--state", folder.resolve("run").toString())) {
        topics.readUntil(EVENTS, live::ended);
      }
      assertThat(topics.rejected()).hasSize(EVENTS);

      String pipeline = topics.pipeline(folder, "redrive-test").toString();
      String[] redrive = {"redrive", pipeline, "--parallelism", "1", "--state", state, "--json"};
      try (Launcher.Started first = launcher.start(redrive)) {
        topics.readUntil(EVENTS + 1, first::ended);
        first.kill();
      }
      Launcher.Finished second = launcher.run("", redrive);

      assertThat(second.status()).as(second.err()).isZero();
      JsonNode summary = new ObjectMapper().readTree(second.out());
      int before = summary.path("redriven").asInt();
      assertThat(summary.path("resumed").asBoolean()).isTrue();
      assertThat(before).isPositive().isLessThan(EVENTS);
      assertThat(summary.path("sent").asInt()).isEqualTo(EVENTS - before);
      topics.readUntil(2 * EVENTS, Optional::empty);
      assertEachWentBackOnce(topics);
      JsonNode third = new ObjectMapper().readTree(launcher.run("", redrive).out());
      assertThat(third.path("sent").asInt()).as("those that failed again").isEqualTo(BAD);
      assertThat(third.path("redriven").asInt()).isEqualTo(EVENTS);
    }
  }

  private static void assertEachWentBackOnce(PipelineTopics topics) {
    List<ConsumerRecord<byte[], byte[]>> records = topics.records();
    Map<String, Integer> enriched = new TreeMap<>();
    Map<String, Integer> again = new TreeMap<>();
    for (ConsumerRecord<byte[], byte[]> record : records) {
      if (record.topic().equals(PipelineTopics.REJECTED)) {
        if (record.headers().lastHeader("winnow-attempts") != null) {
          assertThat(PipelineTopics.header(record, "winnow-attempts")).isEqualTo("2");
          again.merge(PipelineTopics.position(record), 1, Integer::sum);
        }
      } else {
        enriched.merge(PipelineTopics.position(record), 1, Integer::sum);
      }
    }
    assertThat(enriched).hasSize(EVENTS - BAD);
    assertThat(again).hasSize(BAD);
    assertThat(enriched.values()).containsOnly(1);
    assertThat(again.values()).containsOnly(1);
    assertThat(records).hasSize(2 * EVENTS);
  }
}
