package io.winnow.jobs.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.winnow.jobs.Broker;
import io.winnow.jobs.BundleCheck;
import io.winnow.jobs.pipeline.Pipeline;
import io.winnow.jobs.replay.ReplayOptions;
import io.winnow.jobs.replay.ReplayPlan;
import io.winnow.jobs.replay.Replays;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What other models enriched is enriched again, on a real broker. */
class StaleReplayITCase {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String[] ALL = {"--from", "earliest", "--to", "now"};
  private static final int PARTITIONS = 2;
  private static final int RECORDS = 60;
  private static final int BAD = 3;
  private static final int GOOD = RECORDS - BAD;

  @TempDir static Path folder;
  private static Broker broker;

  @BeforeAll
  static void start() throws Exception {
    broker = Broker.start(folder.resolve("kafka"));
  }

  @AfterAll
  static void stop() {
    broker.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"json", "avro"})
  void whatIsEnrichedAgainIsWhatTheSourceWouldGive(String format) throws Exception {
    broker.topics(PARTITIONS, format + ".in", format + ".out", format + ".dead", format + ".side");
    produce(format + ".in");
    counted(replay(pipeline(format, "bert-text")), RECORDS, GOOD, 0);
    Path changed = pipeline(format, "roberta-text");

    counted(replay(changed, "--to-topic", format + ".side"), RECORDS, GOOD, 0);
    counted(replay(changed, "--only-stale"), GOOD, GOOD, 0);

    assertThat(lastOfEach(format + ".out", 2 * GOOD)).isEqualTo(lastOfEach(format + ".side", GOOD));
  }

  @Test
  void aSecondRunDoesNothingAndAThirdModelTakesEachRecordOnce() throws Exception {
    broker.topics(PARTITIONS, "again.in", "again.out", "again.dead");
    produce("again.in");
    counted(replay(pipeline("again", "bert-text")), RECORDS, GOOD, 0);
    Path second = pipeline("again", "roberta-text");
    counted(replay(second, "--only-stale"), GOOD, GOOD, 0);

    Winnow again = replay(second, "--only-stale");

    counted(again, 2 * GOOD, 0, 2 * GOOD);
    assertThat(JSON.readTree(again.out()).path("recordsPerSecond").asDouble()).isZero();
    assertThat(again.err()).contains("Nothing is stale", "of 114 records in again.out");
    Winnow plan = replay(pipeline("again", "xlm-roberta-text"), "--only-stale", "--dry-run");
    assertThat(JSON.readTree(plan.out()).path("stale").asInt()).isEqualTo(GOOD);
    counted(replay(pipeline("again", "xlm-roberta-text"), "--only-stale"), 2 * GOOD, GOOD, GOOD);
  }

  /** What it writes has the timestamps of the range, and lies behind its end. */
  @Test
  void aSecondRunOverARangeOfThePastDoesNothing() throws Exception {
    broker.topics(PARTITIONS, "past.in", "past.out", "past.dead");
    produce("past.in", Instant.parse("2026-01-10T00:00:00Z"));
    produce("past.in", Instant.parse("2026-02-10T00:00:00Z"));
    counted(replay(pipeline("past", "bert-text")), 2 * RECORDS, 2 * GOOD, 0);
    Path changed = pipeline("past", "roberta-text");
    String[] january = {"--only-stale", "--from", "2026-01-01", "--to", "2026-02-01"};

    counted(replay(changed, january), GOOD, GOOD, 0);

    counted(replay(changed, january), GOOD, 0, GOOD);
    counted(replay(changed, "--only-stale"), 3 * GOOD, GOOD, 2 * GOOD);
  }

  /** What it writes goes where keys send it, to partitions too that had nothing of the range. */
  @Test
  void aSecondRunDoesNothingWhereTheEnrichedTopicHasGrown() throws Exception {
    broker.topics(PARTITIONS, "grown.in", "grown.dead");
    broker.topics(1, "grown.out");
    produce("grown.in", Instant.parse("2026-01-10T00:00:00Z"));
    counted(replay(pipeline("grown", "bert-text")), RECORDS, GOOD, 0);
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.servers()))) {
      admin.createPartitions(Map.of("grown.out", NewPartitions.increaseTo(3))).all().get();
    }
    Path changed = pipeline("grown", "roberta-text");
    String[] january = {"--only-stale", "--from", "2026-01-01", "--to", "2026-02-01"};

    counted(replay(changed, january), GOOD, GOOD, 0);

    Winnow again = replay(changed, january);
    assertThat(again.status()).as(again.err()).isZero();
    assertThat(JSON.readTree(again.out()).path("enriched").asInt()).isZero();
  }

  @Test
  void aCompactedTopicIsNotWrittenTo() throws Exception {
    broker.topics(PARTITIONS, "compacted.in", "compacted.out", "compacted.dead");
    produce("compacted.in");
    counted(replay(pipeline("compacted", "bert-text")), RECORDS, GOOD, 0);
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.servers()))) {
      ConfigResource topic = new ConfigResource(ConfigResource.Type.TOPIC, "compacted.out");
      ConfigEntry compact = new ConfigEntry("cleanup.policy", "compact");
      AlterConfigOp set = new AlterConfigOp(compact, AlterConfigOp.OpType.SET);
      admin.incrementalAlterConfigs(Map.of(topic, List.of(set))).all().get();
    }

    Winnow winnow = replay(pipeline("compacted", "roberta-text"), "--only-stale");

    assertThat(winnow.status()).isEqualTo(2);
    assertThat(winnow.err()).contains("--only-stale: expected a topic that is not compacted");
  }

  @Test
  void aReplayThatIsResumedTakesTheSameEvents() throws Exception {
    broker.topics(PARTITIONS, "resumed.in", "resumed.out", "resumed.dead");
    produce("resumed.in");
    counted(replay(pipeline("resumed", "bert-text")), RECORDS, GOOD, 0);
    Path changed = pipeline("resumed", "roberta-text");
    ReplayOptions options = new ReplayOptions("earliest", "now", null, null, null, null, true);
    ReplayPlace here = new ReplayExecution(Winnow.verb("replay"), null);
    ReplayPlan plan =
        new ReplayPlanner(changed, options, Instant.now(), here)
            .plan(BundleCheck.check(Pipeline.load(changed), warning -> {}), TopicCreation.NONE)
            .plan();
    new Replays(Path.of(state())).create(plan).close();
    produce("resumed.in");
    counted(replay(pipeline("resumed", "bert-text")), 2 * RECORDS, 2 * GOOD, 0);

    counted(
        Winnow.run("replay", "--resume", plan.id(), "--json", "--state", state()), GOOD, GOOD, 0);

    assertThat(broker.consume(List.of("resumed.out"), all -> all.size() >= 4 * GOOD))
        .hasSize(4 * GOOD);
  }

  @Test
  void aTopicWithoutEnrichedEventsIsRefused() throws Exception {
    broker.topics(PARTITIONS, "raw.in", "raw.out", "raw.dead");
    produce("raw.out");

    Winnow winnow = replay(pipeline("raw", "bert-text"), "--only-stale");

    assertThat(winnow.status()).isEqualTo(2);
    assertThat(winnow.err())
        .contains("topic 'raw.out' has records that are not read, 57 of them no-enrichments");
  }

  private static void counted(Winnow winnow, int read, int enriched, int skipped) throws Exception {
    assertThat(winnow.status()).as(winnow.err()).isZero();
    JsonNode summary = JSON.readTree(winnow.out());
    assertThat(summary.path("state").asText()).isEqualTo("finished");
    assertThat(summary.path("read").asInt()).isEqualTo(read);
    assertThat(summary.path("enriched").asInt()).isEqualTo(enriched);
    assertThat(summary.path("skipped").asInt()).isEqualTo(skipped);
  }

  private static Winnow replay(Path pipeline, String... options) {
    List<String> arguments = new ArrayList<>(List.of("replay", pipeline.toString(), "--json"));
    arguments.addAll(List.of("--state", state()));
    if (!List.of(options).contains("--from")) {
      arguments.addAll(List.of(ALL));
    }
    arguments.addAll(List.of(options));
    return Winnow.run(arguments.toArray(String[]::new));
  }

  private static String state() {
    return folder.resolve("replays").toString();
  }

  /** Returns what was written last of each record of the source: its place, key and value. */
  private static Map<String, String> lastOfEach(String topic, int records) {
    Map<String, String> last = new HashMap<>();
    List<ConsumerRecord<byte[], byte[]>> all =
        broker.consume(List.of(topic), some -> some.size() >= records);
    assertThat(all).hasSize(records);
    for (ConsumerRecord<byte[], byte[]> record : all) {
      last.put(
          header(record, "winnow-source-partition") + "/" + header(record, "winnow-source-offset"),
          String.join(
              " ",
              Integer.toString(record.partition()),
              Long.toString(record.timestamp()),
              text(record.key()),
              header(record, "trace"),
              HexFormat.of().formatHex(record.value())));
    }
    return last;
  }

  private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
    List<String> values = new ArrayList<>();
    record.headers().headers(name).forEach(header -> values.add(text(header.value())));
    return String.join(",", values);
  }

  private static String text(byte @Nullable [] bytes) {
    return bytes == null ? "none" : new String(bytes, UTF_8);
  }

  private static void produce(String topic) throws Exception {
    produce(topic, Instant.now());
  }

  private static void produce(String topic, Instant time) throws Exception {
    List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
    for (int i = 0; i < RECORDS; i++) {
      byte[] key = i % 3 == 0 ? null : ("key-" + i % 7).getBytes(UTF_8);
      String value = i % 20 == 7 ? "{" : "{\"text\": \"Anna met %d in Paris\"}".formatted(i);
      ProducerRecord<byte[], byte[]> record =
          new ProducerRecord<>(
              topic, i % PARTITIONS, time.toEpochMilli(), key, value.getBytes(UTF_8));
      record.headers().add("trace", ("t" + i).getBytes(UTF_8));
      records.add(record);
    }
    broker.produce(records);
  }

  /** Returns a pipeline whose sink has the format of its name, if that is one. */
  private static Path pipeline(String name, String model) throws Exception {
    return Files.writeString(
        folder.resolve(name + "-" + model + ".yaml"),
        """
        name: %1$s
        source: {bootstrap-servers: "%2$s", topic: %1$s.in}
        text: text
        enrichments: [{name: intent, model: ../operators/src/test/resources/parity/%3$s}]
        sink: {topic: %1$s.out, format: %4$s}
        dead-letters: {topic: %1$s.dead}
        checkpoint-interval: 500ms
        """
            .formatted(name, broker.servers(), model, name.equals("avro") ? "avro" : "json"));
  }
}
