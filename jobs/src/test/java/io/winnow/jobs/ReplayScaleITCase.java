package io.winnow.jobs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.winnow.jobs.pipeline.Pipeline;
import io.winnow.jobs.replay.ReplayOptions;
import io.winnow.jobs.replay.ReplayPlan;
import io.winnow.jobs.tally.TallySum;
import io.winnow.operators.config.Substitution;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a replay costs beside inference, with a model that has next to nothing to compute. */
@Tag("faults")
class ReplayScaleITCase {
  private static final int PARTITIONS = Integer.getInteger("winnow.scale.partitions", 64);
  private static final int MANY = Integer.getInteger("winnow.scale.records", 200_000);
  private static final int FEW = MANY / 10;
  private static final int BATCH = FEW;
  private static final long LOOK_SECONDS = 2;
  private static final long NOISE_BYTES = 64L << 20; // 370 bytes of each record more

  @TempDir Path folder;
  private Broker broker;
  private Flink flink;

  /**
   * What a replay took.
   *
   * @param heapBytes most that lived on the heap, of broker and job together
   * @param checkpointBytes size of its last checkpoint
   * @param planSeconds what its plan took
   * @param seconds from submission to end
   */
  private record Usage(long heapBytes, long checkpointBytes, double planSeconds, double seconds) {}

  @BeforeEach
  void start() throws Exception {
    broker = Broker.start(folder);
    flink = Flink.start(1);
  }

  @AfterEach
  void stop() throws Exception {
    flink.stop();
    broker.close();
  }

  @Test
  void heapAndCheckpointsDoNotGrowWithTheRange() throws Exception {
    Usage few = replay("few", FEW);
    Usage many = replay("many", MANY);

    System.err.printf(
        "%d partitions: %s for %d records, %s for %d%n", PARTITIONS, few, FEW, many, MANY);
    assertThat(many.heapBytes()).isLessThan(few.heapBytes() + NOISE_BYTES);
    assertThat(many.checkpointBytes()).isLessThan(few.checkpointBytes() * 5 / 4);
  }

  private Usage replay(String topic, int count) throws Exception {
    broker.topics(PARTITIONS, topic, topic + ".out", topic + ".dead");
    for (int from = 0; from < count; from += BATCH) {
      broker.produce(records(topic, from));
    }
    Pipeline pipeline = pipeline(topic);
    long asked = System.nanoTime();
    ReplayPlan plan = plan(pipeline, count);
    long start = System.nanoTime();
    JobID job = flink.submit(pipeline, plan);
    long heap = 0;
    long checkpoint = 0;
    while (!JobStatus.valueOf(state(job)).isGloballyTerminalState()) {
      TimeUnit.SECONDS.sleep(LOOK_SECONDS);
      System.gc();
      heap = Math.max(heap, ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
      checkpoint = Math.max(checkpoint, checkpointBytes(job));
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    double planSeconds = (start - asked) / 1e9;
    assertThat(TallySum.of(flink.await(job)).orElseThrow().enriched()).isEqualTo(count);
    return new Usage(heap, checkpoint, planSeconds, seconds);
  }

  private String state(JobID job) throws Exception {
    return json("/jobs/" + job).path("state").asText();
  }

  private long checkpointBytes(JobID job) throws Exception {
    return json("/jobs/" + job + "/checkpoints").at("/latest/completed/state_size").asLong();
  }

  private JsonNode json(String path) throws Exception {
    return new ObjectMapper().readTree(flink.rest(path));
  }

  private static List<ProducerRecord<byte[], byte[]>> records(String topic, int from) {
    List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
    for (int i = from; i < from + BATCH; i++) {
      byte[] value = ("{\"text\": \"number " + i + "\"}").getBytes(UTF_8);
      records.add(new ProducerRecord<>(topic, i % PARTITIONS, null, value));
    }
    return records;
  }

  private Pipeline pipeline(String topic) throws Exception {
    return Pipeline.parse(
        "test.yaml",
        """
        name: scale-%s
        source: {bootstrap-servers: "%s", topic: %s}
        text: text
        enrichments:
          - {name: intent, model: ../operators/src/test/resources/parity/bert-text, parallelism: 2}
        sink: {topic: %s.out}
        dead-letters: {topic: %s.dead}
        checkpoint-interval: 1s
        """
            .formatted(topic, broker.servers(), topic, topic, topic),
        Substitution.none());
  }

  private static ReplayPlan plan(Pipeline pipeline, int count) throws Exception {
    ReplayOptions options = new ReplayOptions("earliest", "now", null, null, null, null, false);
    ReplayPlan plan = ReplayPlans.ofAll(pipeline, PARTITIONS, options);
    assertThat(plan.range().offsets()).isEqualTo(count);
    return plan;
  }
}
