package io.winnow.jobs.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.winnow.jobs.Broker;
import io.winnow.jobs.BundleCheck;
import io.winnow.jobs.pipeline.Pipeline;
import io.winnow.jobs.replay.PartitionRange;
import io.winnow.jobs.replay.PipelineDigest;
import io.winnow.jobs.replay.ReplayOptions;
import io.winnow.jobs.replay.ReplayPlan;
import io.winnow.jobs.replay.ReplayRange;
import io.winnow.jobs.replay.Replays;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Replays on a real broker, started as a user does but in this process. */
class ReplayVerbITCase {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String ID = "20260131-120000-k3f9";
  private static final int PARTITIONS = 3;
  private static final int RECORDS = 300;
  private static final int BAD = 15;

  @TempDir static Path folder;
  private static Broker broker;
  private static Admin admin;

  @BeforeAll
  static void start() throws Exception {
    broker = Broker.start(folder.resolve("kafka"));
    admin = Admin.create(Map.of("bootstrap.servers", broker.servers()));
  }

  @AfterAll
  static void stop() {
    admin.close();
    broker.close();
  }

  @Test
  void theSameRangeGivesTheSameBytesInTheSameOrderWithAnyParallelism() throws Exception {
    Path pipeline = pipeline("equal");
    broker.produce(records("equal.in"));

    Map<Integer, List<String>> first = replayed(pipeline, "equal.1", 1);

    assertThat(first).hasSize(PARTITIONS);
    assertThat(first.values().stream().mapToInt(List::size).sum()).isEqualTo(RECORDS - BAD);
    assertThat(mostBytes("equal.1")).isEqualTo(mostBytes("equal.out"));
    assertThat(replayed(pipeline, "equal.2", 2)).isEqualTo(first);
    assertThat(replayed(pipeline, "equal.4", 4)).isEqualTo(first);
    assertThat(broker.consume(List.of("equal.dead"), all -> all.size() >= 3 * BAD))
        .hasSize(3 * BAD)
        .allSatisfy(letter -> assertThat(letter.headers().lastHeader("winnow-replay")).isNotNull());
    assertThat(admin.listGroups().all().get())
        .extracting(GroupListing::groupId)
        .noneMatch(group -> group.startsWith("equal-replay-"));
  }

  private static String mostBytes(String topic) throws Exception {
    ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
    Config config = admin.describeConfigs(List.of(resource)).all().get().values().iterator().next();
    return config.get("max.message.bytes").value();
  }

  private static Map<Integer, List<String>> replayed(Path pipeline, String topic, int parallelism)
      throws Exception {
    Winnow winnow =
        replay(
            pipeline,
            "--from",
            "earliest",
            "--to",
            "now",
            "--to-topic",
            topic,
            "--create-topic",
            "--parallelism",
            Integer.toString(parallelism),
            "--json");
    assertThat(winnow.status()).as(winnow.err()).isZero();
    JsonNode summary = JSON.readTree(winnow.out());
    assertThat(summary.path("state").asText()).isEqualTo("finished");
    assertThat(summary.path("read").asLong()).isEqualTo(RECORDS);
    assertThat(summary.path("enriched").asLong()).isEqualTo(RECORDS - BAD);
    assertThat(summary.path("rejected").asLong()).isEqualTo(BAD);
    assertThat(summary.path("tokens").asLong()).isPositive();

    Map<Integer, List<String>> values = new TreeMap<>();
    for (ConsumerRecord<byte[], byte[]> record :
        broker.consume(List.of(topic), all -> all.size() >= RECORDS - BAD)) {
      assertThat(header(record, "winnow-replay")).isEqualTo(summary.path("id").asText());
      assertThat(header(record, "winnow-source-partition"))
          .isEqualTo(Integer.toString(record.partition()));
      values
          .computeIfAbsent(record.partition(), partition -> new ArrayList<>())
          .add(new String(record.value(), UTF_8));
    }
    return values;
  }

  @Test
  void theLiveJobsOpenTransactionStaysOpenAndIsNotRead() throws Exception {
    Path pipeline = pipeline("live");
    broker.produce(records("live.in"));
    try (var producer =
        new KafkaProducer<>(
            Map.<String, Object>of(
                "bootstrap.servers", broker.servers(), "transactional.id", "winnow-live/-0-1"),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      producer.initTransactions();
      producer.beginTransaction();
      producer.send(new ProducerRecord<>("live.in", 0, null, json("not committed yet"))).get();

      Winnow winnow = replay(pipeline, "--from", "earliest", "--to", "now", "--json");

      assertThat(winnow.status()).as(winnow.err()).isZero();
      assertThat(JSON.readTree(winnow.out()).path("read").asInt()).isEqualTo(RECORDS);
      producer.commitTransaction(); // fails if anybody aborted it
    }
  }

  @Test
  void aReplayThatHasEndedIsListedAndGoesOnWithNothing() throws Exception {
    Path pipeline = pipeline("ended");
    broker.produce(records("ended.in"));
    Winnow first = replay(pipeline, "--from", "-1h", "--to", "now", "--max-rate", "1000");
    assertThat(first.status()).as(first.err()).isZero();
    assertThat(first.out()).contains("read      300", "enriched  285", "rejected  15");
    String id = id(first.err());

    Winnow again = Winnow.run("replay", "--resume", id, "--state", state());

    assertThat(again.status()).as(again.err()).isZero();
    assertThat(again.err()).contains("Replay " + id + " has ended");
    assertThat(again.out()).contains("read      300");
    assertThat(Winnow.run("replays", "--state", state()).lines())
        .anySatisfy(line -> assertThat(line).contains(id, "finished", "100.0 %", "300"));
    assertThat(broker.consume(List.of("ended.out"), all -> all.size() >= RECORDS - BAD))
        .hasSize(RECORDS - BAD);
  }

  @Test
  void aDryRunShowsThePlanAndDoesNothing() throws Exception {
    Path pipeline = pipeline("dry");
    broker.produce(records("dry.in"));
    String[] range = {"--from", "-1h", "--to", "now", "--dry-run", "--parallelism", "5"};
    String[] topic = {"--to-topic", "dry.side", "--create-topic"};

    Winnow winnow = replay(pipeline, concat(range, topic));

    assertThat(winnow.status()).as(winnow.err()).isZero();
    assertThat(winnow.out())
        .contains("of dry.in", "at most 300 in 3 partitions", "dry.side, dead letters: dry.dead");
    assertThat(winnow.err()).contains("of 5 subtasks, 2 have nothing to do");
    assertThat(admin.listTopics().names().get()).doesNotContain("dry.side");
    assertThat(Winnow.run("replays", "--state", state()).out()).doesNotContain("dry.in");
    JsonNode plan = JSON.readTree(replay(pipeline, concat(range, "--json")).out());
    assertThat(plan.path("offsets").asLong()).isEqualTo(RECORDS);
    assertThat(plan.path("partitions").size()).isEqualTo(PARTITIONS);
  }

  @Test
  void topicsThatWouldSoonDeleteWhatIsWrittenAreTold() throws Exception {
    Path pipeline = pipeline("kept");
    long twoHoursAgo = Instant.now().minus(Duration.ofHours(2)).toEpochMilli();
    broker.produce(List.of(new ProducerRecord<>("kept.in", 0, twoHoursAgo, null, json("Anna"))));
    ConfigEntry hour = new ConfigEntry("retention.ms", "3600000");
    AlterConfigOp set = new AlterConfigOp(hour, AlterConfigOp.OpType.SET);
    admin
        .incrementalAlterConfigs(
            Map.of(
                new ConfigResource(ConfigResource.Type.TOPIC, "kept.out"), List.of(set),
                new ConfigResource(ConfigResource.Type.TOPIC, "kept.dead"), List.of(set)))
        .all()
        .get();

    Winnow winnow = replay(pipeline, "--from", "earliest", "--to", "now", "--dry-run");

    assertThat(winnow.err())
        .contains(
            "topic 'kept.out' keeps records for 1 h", "topic 'kept.dead' keeps records for 1 h");
  }

  @Test
  void whatRetentionTookIsToldBeforeAnythingStarts() throws Exception {
    Path pipeline = pipeline("taken");
    broker.produce(records("taken.in"));
    delete("taken.in", 1, 40);
    Path offsets = Files.writeString(folder.resolve("o.json"), "{\"0\": 0, \"1\": 7, \"2\": 0}");

    Winnow byTime = replay(pipeline, "--from", "-1h", "--to", "now", "--dry-run");
    Winnow byOffset = replay(pipeline, "--from", "@" + offsets, "--to", "now", "--dry-run");

    assertThat(byTime.status()).isZero();
    assertThat(byTime.out()).contains("at most 260 in 3 partitions");
    assertThat(byTime.err()).contains("in the partitions [1]: retention may have taken records");
    assertThat(byOffset.status()).isEqualTo(2);
    assertThat(byOffset.errors())
        .containsExactly(
            "error: --from: expected an offset from 40 to 100 in partition 1, as topic 'taken.in'"
                + " holds, found 7");
  }

  @Test
  void aRangeThatRetentionTookMeanwhileFailsTheReplay() throws Exception {
    Path pipeline = pipeline("gone");
    broker.produce(records("gone.in"));
    keep(plan(pipeline, "gone", new PartitionRange(1, 0, 100)));
    delete("gone.in", 1, 40);

    Winnow winnow = Winnow.run("replay", "--resume", ID, "--state", state());

    assertThat(winnow.status()).isEqualTo(1);
    assertThat(winnow.err())
        .contains("error: Expected topic 'gone.in' to hold the range until it is read, but");
    assertThat(Winnow.run("replays", "--state", state()).lines())
        .anySatisfy(line -> assertThat(line).contains(ID, "failed", "0.0 %"));
  }

  private static void keep(ReplayPlan plan) throws Exception {
    new Replays(Path.of(state())).create(plan).close();
  }

  private static ReplayPlan plan(Path file, String name, PartitionRange range) throws Exception {
    return new ReplayPlan(
        ID,
        name,
        file.toString(),
        PipelineDigest.of(file, Pipeline.load(file)),
        admin.describeCluster().clusterId().get(),
        new ReplayRange(name + ".in", List.of(range), null, null),
        new ReplayOptions("earliest", "now", null, null, null, null, false),
        BundleCheck.check(Pipeline.load(file), warning -> {}).fingerprints());
  }

  private static void delete(String topic, int partition, long before) throws Exception {
    admin
        .deleteRecords(
            Map.of(new TopicPartition(topic, partition), RecordsToDelete.beforeOffset(before)))
        .all()
        .get();
  }

  @Test
  void anEmptyRangeAndAMissingTopicAreWrongUsage() throws Exception {
    Path pipeline = pipeline("empty");
    broker.produce(records("empty.in"));

    Winnow empty = replay(pipeline, "--from", "2020-01-01", "--to", "2020-01-02");
    Winnow missing =
        replay(pipeline, "--from", "earliest", "--to", "now", "--to-topic", "empty.missing");

    assertThat(empty.status()).isEqualTo(2);
    assertThat(empty.err())
        .contains("expected a range with records, found none; topic 'empty.in' holds at most 300");
    assertThat(missing.status()).isEqualTo(2);
    assertThat(missing.err()).contains("there is no topic empty.missing");
  }

  private static Winnow replay(Path pipeline, String... options) {
    return Winnow.run(
        concat(new String[] {"replay", pipeline.toString(), "--state", state()}, options));
  }

  private static String[] concat(String[] some, String... more) {
    List<String> all = new ArrayList<>(List.of(some));
    all.addAll(List.of(more));
    return all.toArray(String[]::new);
  }

  private static String state() {
    return folder.resolve("replays").toString();
  }

  private static String id(String err) {
    return err.replaceAll("(?s).*--resume ([0-9a-z-]+).*", "$1");
  }

  private static Path pipeline(String name) throws Exception {
    broker.topics(PARTITIONS, name + ".in", name + ".out", name + ".dead");
    return Files.writeString(
        folder.resolve(name + ".yaml"),
        """
        name: %1$s
        source: {bootstrap-servers: "%2$s", topic: %1$s.in}
        text: text
        enrichments:
          - {name: intent, model: ../operators/src/test/resources/parity/bert-text}
          - {name: entities, model: ../operators/src/test/resources/parity/bert-token, parallelism: 1}
        sink: {topic: %1$s.out}
        dead-letters: {topic: %1$s.dead}
        checkpoint-interval: 500ms
        """
            .formatted(name, broker.servers()));
  }

  /** Two of three have a key, and each partition has as many. */
  private static List<ProducerRecord<byte[], byte[]>> records(String topic) {
    List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
    for (int i = 0; i < RECORDS; i++) {
      byte[] key = i % 9 < 3 ? null : ("key-" + i % 7).getBytes(UTF_8);
      byte[] value = i % 20 == 7 ? "{".getBytes(UTF_8) : json("Anna met " + i + " in Paris");
      records.add(new ProducerRecord<>(topic, i % PARTITIONS, key, value));
    }
    return records;
  }

  private static byte[] json(String text) {
    return ("{\"text\": \"" + text + "\"}").getBytes(UTF_8);
  }

  private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
    return new String(record.headers().lastHeader(name).value(), UTF_8);
  }
}
