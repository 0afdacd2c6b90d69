package io.winnow.jobs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.winnow.jobs.pipeline.Pipeline;
import io.winnow.jobs.replay.PartitionRange;
import io.winnow.jobs.replay.ReplayOptions;
import io.winnow.jobs.replay.ReplayPlan;
import io.winnow.jobs.tally.Tallies;
import io.winnow.jobs.tally.TallySum;
import io.winnow.operators.config.Substitution;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.api.common.JobID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A replay on a cluster that loses a task manager. */
class ReplayJobITCase {
  private static final int PARTITIONS = 3;
  private static final int RECORDS = 6_000;

  @TempDir static Path folder;
  private static Broker broker;
  private static Flink flink;

  @BeforeAll
  static void start() throws Exception {
    broker = Broker.start(folder);
    flink = Flink.start(2);
  }

  @AfterAll
  static void stop() throws Exception {
    flink.stop();
    broker.close();
  }

  @Test
  void orderAndCountsAreThoseOfTheSourceThoughATaskManagerDies() throws Exception {
    broker.topics(PARTITIONS, "in", "out", "dead");
    broker.produce(records());
    Pipeline pipeline = pipeline();
    ReplayPlan plan = plan(pipeline);

    JobID job = flink.submit(pipeline, plan);
    broker.consume(List.of("out"), all -> all.size() > RECORDS / 10);
    flink.replaceTaskManager();
    Map<String, Object> accumulators = flink.await(job);

    List<ConsumerRecord<byte[], byte[]>> enriched =
        broker.consume(List.of("out"), all -> all.size() >= RECORDS - RECORDS / 100);
    List<ConsumerRecord<byte[], byte[]>> rejected =
        broker.consume(List.of("dead"), all -> all.size() >= RECORDS / 100);
    Tallies tallies = TallySum.of(accumulators).orElseThrow();
    assertThat(tallies.read()).isEqualTo(RECORDS);
    assertThat(tallies.enriched()).isEqualTo(enriched.size()).isEqualTo(RECORDS - RECORDS / 100);
    assertThat(tallies.rejected()).isEqualTo(rejected.size()).isEqualTo(RECORDS / 100);
    assertThat(tallies.tokens()).isPositive();
    assertInOrderOfTheSource(enriched);
  }

  private static void assertInOrderOfTheSource(List<ConsumerRecord<byte[], byte[]>> records) {
    Map<Integer, Long> last = new TreeMap<>();
    for (ConsumerRecord<byte[], byte[]> record : records) {
      assertThat(number(record, "winnow-source-partition")).isEqualTo(record.partition());
      long offset = number(record, "winnow-source-offset");
      Long before = last.put(record.partition(), offset);
      assertThat(before == null || before < offset).as("order of %s", record).isTrue();
    }
    assertThat(last).hasSize(PARTITIONS);
  }

  private static List<ProducerRecord<byte[], byte[]>> records() {
    List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
    for (int i = 0; i < RECORDS; i++) {
      byte[] key = i % 2 == 0 ? null : ("key-" + i % 17).getBytes(UTF_8);
      String value = i % 100 == 0 ? "{" : "{\"text\": \"Event number " + i + " is here\"}";
      records.add(new ProducerRecord<>("in", i % PARTITIONS, key, value.getBytes(UTF_8)));
    }
    return records;
  }

  private static Pipeline pipeline() throws Exception {
    return Pipeline.parse(
        "test.yaml",
        """
        name: replayed
        source: {bootstrap-servers: "%s", topic: in}
        text: text
        enrichments:
          - {name: intent, model: ../operators/src/test/resources/parity/bert-text, parallelism: 2}
          - {name: entities, model: ../operators/src/test/resources/parity/bert-token, parallelism: 4}
        sink: {topic: out}
        dead-letters: {topic: dead}
        checkpoint-interval: 500ms
        """
            .formatted(broker.servers()),
        Substitution.none());
  }

  /** Slow enough to be in its middle for some seconds. */
  private static ReplayPlan plan(Pipeline pipeline) throws Exception {
    ReplayOptions options = new ReplayOptions("earliest", "now", null, null, 1_000.0, null, false);
    ReplayPlan plan = ReplayPlans.ofAll(pipeline, PARTITIONS, options);
    assertThat(plan.range().offsets()).isEqualTo(RECORDS);
    assertThat(plan.range().partitions())
        .extracting(PartitionRange::partition)
        .containsExactly(0, 1, 2);
    return plan;
  }

  private static long number(ConsumerRecord<byte[], byte[]> record, String header) {
    return Long.parseLong(new String(record.headers().lastHeader(header).value(), UTF_8));
  }
}
