package io.winnow.jobs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.winnow.jobs.kafka.ReplayBroker;
import io.winnow.jobs.pipeline.Pipeline;
import io.winnow.jobs.pipeline.ReplaySink;
import io.winnow.jobs.replay.ReplayOptions;
import io.winnow.jobs.replay.ReplayPlan;
import io.winnow.jobs.replay.Yielding;
import io.winnow.operators.config.Substitution;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.JobID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A replay beside a live job that comes first. */
@Tag("faults")
class YieldITCase {
  private static final int PARTITIONS = 2;
  private static final int HISTORY = 6_000;
  private static final int BURST = 1_000;
  private static final int MAX_LAG = 100;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir static Path folder;
  private static Broker broker;
  private static Flink flink;

  @BeforeAll
  static void start() throws Exception {
    broker = Broker.start(folder);
    flink = Flink.start(4);
  }

  @AfterAll
  static void stop() throws Exception {
    flink.stop();
    broker.close();
  }

  @Test
  void aReplayStandsStillWhileTheLiveJobIsBehindAndGoesOnWhenItHasCaughtUp() throws Exception {
    broker.topics(PARTITIONS, "in", "live", "again", "dead");
    broker.produce(records(HISTORY));
    Pipeline pipeline = pipeline();
    JobID live = flink.submit(pipeline);
    Awaitility.await().atMost(PATIENCE).until(() -> lag(pipeline) == 0);
    flink.cancel(live);

    JobID replay = flink.submit(ReplaySink.of(pipeline, "again"), plan(pipeline));
    broker.consume(List.of("again"), all -> all.size() > HISTORY / 20);
    broker.produce(records(BURST)); // nobody reads it yet
    int still = standstill();
    assertThat(still).isBetween(HISTORY / 20, HISTORY - 1);
    assertThat(lag(pipeline)).isEqualTo(BURST);

    flink.submit(pipeline);
    flink.await(replay);

    assertThat(lag(pipeline)).isLessThanOrEqualTo(MAX_LAG);
    assertThat(positions(broker.consume(List.of("again"), all -> all.size() >= HISTORY)))
        .hasSize(HISTORY);
    broker.consume(List.of("live"), all -> all.size() >= HISTORY + BURST);
  }

  /** Returns how many records have come once no more come, though the replay is in its middle. */
  private static int standstill() throws Exception {
    int before = -1;
    int now = 0;
    while (before != now) {
      before = now;
      TimeUnit.SECONDS.sleep(4); // of checkpoints twice a second
      now = broker.consume(List.of("again"), all -> true).size();
    }
    return now;
  }

  private static long lag(Pipeline pipeline) throws Exception {
    try (ReplayBroker asked = ReplayBroker.connect(pipeline, PATIENCE)) {
      return asked.lag(pipeline.name()).orElse(-1);
    }
  }

  private static Set<String> positions(List<ConsumerRecord<byte[], byte[]>> records) {
    Set<String> positions = new HashSet<>();
    for (ConsumerRecord<byte[], byte[]> record : records) {
      String offset =
          new String(record.headers().lastHeader("winnow-source-offset").value(), UTF_8);
      assertThat(positions.add(record.partition() + "@" + offset)).isTrue();
    }
    return positions;
  }

  private static List<ProducerRecord<byte[], byte[]>> records(int count) {
    List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String value = "{\"text\": \"Event number " + i + " is here\"}";
      records.add(new ProducerRecord<>("in", i % PARTITIONS, null, value.getBytes(UTF_8)));
    }
    return records;
  }

  private static Pipeline pipeline() throws Exception {
    return Pipeline.parse(
        "test.yaml",
        """
        name: live
        source: {bootstrap-servers: "%s", topic: in}
        text: text
        enrichments:
          - {name: intent, model: ../operators/src/test/resources/parity/bert-text, parallelism: 2}
        sink: {topic: live}
        dead-letters: {topic: dead}
        checkpoint-interval: 500ms
        """
            .formatted(broker.servers()),
        Substitution.none());
  }

  private static ReplayPlan plan(Pipeline pipeline) throws Exception {
    Yielding yielding = new Yielding(pipeline.name(), MAX_LAG);
    return ReplayPlans.ofAll(
        pipeline,
        PARTITIONS,
        new ReplayOptions("earliest", "now", null, null, 300.0, yielding, false));
  }
}
