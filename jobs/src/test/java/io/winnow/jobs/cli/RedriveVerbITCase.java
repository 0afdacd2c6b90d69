package io.winnow.jobs.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.winnow.jobs.Broker;
import io.winnow.jobs.EnrichmentJob;
import io.winnow.jobs.kafka.RedriveProducer;
import io.winnow.jobs.kafka.TopicCheck;
import io.winnow.jobs.kafka.Topics;
import io.winnow.jobs.pipeline.Delivery;
import io.winnow.jobs.pipeline.Pipeline;
import io.winnow.jobs.pipeline.SinkOptions;
import io.winnow.jobs.redrive.RedriveOptions;
import io.winnow.jobs.redrive.RedriveRun;
import io.winnow.jobs.replay.PartitionRange;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Dead letters of a live job on a real broker, sent back as a user does but in this process. */
@Tag("faults")
class RedriveVerbITCase {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String TIGHT = "max-characters: 20";
  private static final int PARTITIONS = 2;
  private static final int SHORT = 10;
  private static final int LONG = 12;
  private static final int BROKEN = 3;
  private static final int LETTERS = LONG + BROKEN + 1; // and a tombstone

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
  void whatWasMendedIsEnrichedOnceAndWhatFailsAgainComesBackWithItsAttempts(String format)
      throws Exception {
    letters(format);
    Path mended = pipeline(format, format, "");

    assertThat(run("dead-letters", mended).out())
        .contains("16 dead letters in %s.dead, 0 sent back before".formatted(format))
        .containsPattern("enrich, text-too-long +12 +0 +2023-11-14T22:13:20Z")
        .containsPattern("topic %s.in, partition [01], offset [0-9]+\n".formatted(format))
        .contains(
            "Expected a text of at most 20 characters, but found 26",
            "bytes: {\"text\": \"long text");
    JsonNode first = JSON.readTree(run("redrive", mended, "--json").out());
    assertThat(first.path("sent").asInt()).isEqualTo(LONG + BROKEN);
    assertThat(first.path("enriched").asInt()).isEqualTo(LONG);
    assertThat(first.path("rejected").asInt()).isEqualTo(BROKEN);
    assertThat(first.path("tombstones").asInt()).isEqualTo(1);

    Map<String, ConsumerRecord<byte[], byte[]>> enriched = enriched(format, SHORT + LONG);
    Map<String, ConsumerRecord<byte[], byte[]>> replayed = replayed(mended, format + ".side");
    assertThat(enriched.keySet()).isEqualTo(replayed.keySet());
    int redriven = 0;
    for (Map.Entry<String, ConsumerRecord<byte[], byte[]>> entry : enriched.entrySet()) {
      ConsumerRecord<byte[], byte[]> record = entry.getValue();
      ConsumerRecord<byte[], byte[]> expected =
          Objects.requireNonNull(replayed.get(entry.getKey()));
      assertThat(record.value()).isEqualTo(expected.value());
      assertThat(record.key()).isEqualTo(expected.key());
      assertThat(record.timestamp()).isEqualTo(expected.timestamp());
      assertThat(record.partition()).isEqualTo(expected.partition());
      assertThat(header(record, "trace")).isEqualTo(header(expected, "trace"));
      assertThat(record.headers().lastHeader("winnow-attempts")).isNull();
      if (record.headers().lastHeader("winnow-redrive") != null) {
        assertThat(header(record, "winnow-redrive")).isEqualTo(first.path("id").asText());
        redriven++;
      }
    }
    assertThat(redriven).isEqualTo(LONG);
    assertThat(attempts(format, LETTERS + BROKEN)).containsOnly(Map.entry("2", BROKEN));

    Winnow again = run("redrive", mended, "--reason", "text-too-long");
    assertThat(again.out()).isEqualTo("Nothing to send back" + System.lineSeparator());
    assertThat(again.err()).containsPattern("0 go back\n +12 were sent back before");
    JsonNode second = JSON.readTree(run("redrive", mended, "--json").out());
    assertThat(second.path("sent").asInt()).isEqualTo(BROKEN);
    assertThat(second.path("rejected").asInt()).isEqualTo(BROKEN);
    assertThat(attempts(format, LETTERS + 2 * BROKEN))
        .containsOnly(Map.entry("2", BROKEN), Map.entry("3", BROKEN));
    enriched(format, SHORT + LONG);
    assertThat(run("dead-letters", mended, "--json").lines()) // with those of the replay
        .anySatisfy(
            line ->
                assertThat(line)
                    .contains("\"reason\":\"text-too-long\",\"count\":0,\"redriven\":12"))
        .anySatisfy(
            line ->
                assertThat(line)
                    .contains("\"reason\":\"invalid-json\",\"count\":6,\"redriven\":6"));
  }

  @Test
  void aRedriveThatDidNotEndGoesOnWithinItsRange() throws Exception {
    letters("range");
    Path mended = pipeline("range", "range", "");
    RedriveOptions options = new RedriveOptions("earliest", "now", List.of(), null);
    RedriveRun run = new RedriveRun("id", options, List.of(new PartitionRange(0, 0, 4)), false);
    try (RedriveProducer killed = producer(mended)) {
      killed.write(run);
    }

    JsonNode summary = JSON.readTree(run("redrive", mended, "--json").out());

    assertThat(summary.path("id").asText()).isEqualTo("id");
    assertThat(summary.path("resumed").asBoolean()).isTrue();
    assertThat(summary.path("letters").asInt()).isBetween(2, 4); // one offset ends a transaction
    JsonNode rest = JSON.readTree(run("redrive", mended, "--json", "--dry-run").out());
    assertThat(rest.path("resumed").asBoolean()).isFalse();
    assertThat(rest.path("redriven").asInt()).isEqualTo(summary.path("sent").asInt());
  }

  @Test
  void theLaterOfTwoRedrivesLocksTheEarlierOneOut() throws Exception {
    letters("two");
    Path mended = pipeline("two", "two", "");
    RedriveOptions options = new RedriveOptions("earliest", "now", List.of("empty-text"), null);
    RedriveRun run = new RedriveRun("id", options, List.of(), false);
    try (RedriveProducer earlier = producer(mended)) {
      earlier.write(run);

      assertThat(run("redrive", mended).out()).contains("12 enriched");

      assertThatThrownBy(() -> earlier.write(run.end()))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("Another redrive of topic 'two.dead' was started");
    }
  }

  @Test
  void aDryRunSendsNothingAndMakesNoTopic() throws Exception {
    letters("dry");

    Winnow winnow = run("redrive", pipeline("dry", "dry", ""), "--dry-run");

    assertThat(winnow.out())
        .containsPattern("15 go back: invalid-json 3, text-too-long 12\n +1 stay: tombstones");
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.servers()))) {
      assertThat(admin.listTopics().names().get())
          .contains("dry.dead")
          .doesNotContain("dry.dead.redriven");
    }
    enriched("dry", SHORT);
  }

  @Test
  void thoseOfAReplayGoBackWhereTheyAreAskedFor() throws Exception {
    broker.topics(PARTITIONS, "replay.in", "replay.out", "replay.dead");
    broker.produce(records("replay.in"));
    Winnow replay =
        run(
            "replay",
            pipeline("replay", "tight", TIGHT),
            "--from",
            "earliest",
            "--to",
            "now",
            "--json");
    String id = JSON.readTree(replay.out()).path("id").asText();
    Path mended = pipeline("replay", "replay", "");

    Winnow live = run("redrive", mended);
    JsonNode summary = JSON.readTree(run("redrive", mended, "--replay", id, "--json").out());

    assertThat(live.out()).startsWith("Nothing to send back");
    assertThat(live.err()).contains("16 are another pipeline's, or of a replay, and stay");
    assertThat(summary.path("enriched").asInt()).isEqualTo(LONG);
    assertThat(enriched("replay", SHORT + LONG).values())
        .allSatisfy(record -> assertThat(header(record, "winnow-replay")).isEqualTo(id));
  }

  @Test
  void aJobThatFailsSaysWhyAndTheSameCommandGoesOn() throws Exception {
    letters("fails");
    Path file = Files.writeString(folder.resolve("a-file"), "");
    Path broken = pipeline("fails", "fails-broken", "crash-journal: " + file + "/journal");

    Winnow failed =
        Winnow.run("redrive", broken.toString(), "--state", folder.resolve("state").toString());
    JsonNode second = JSON.readTree(run("redrive", pipeline("fails", "fails", ""), "--json").out());

    assertThat(failed.status()).isEqualTo(1);
    assertThat(failed.err())
        .contains("error: Expected to ", "crash journal", "the same command goes on");
    assertThat(second.path("resumed").asBoolean()).isTrue();
    assertThat(second.path("enriched").asInt()).isEqualTo(LONG);
  }

  @Test
  void aLargeDeadLetterComesBackWhole() throws Exception {
    broker.topics(PARTITIONS, "large.in", "large.out", "large.dead");
    byte[] large = json("word ".repeat(700_000)); // Flink hands over 2 MB at most by its default
    broker.produce(List.of(record("large.in", 0, large)));
    live("large", 1);

    run("redrive", pipeline("large", "large", ""));

    List<ConsumerRecord<byte[], byte[]>> letters =
        broker.consume(List.of("large.dead"), all -> all.size() >= 2);
    assertThat(letters).hasSize(2);
    assertThat(header(letters.get(1), "winnow-attempts")).isEqualTo("2");
    JsonNode letter = JSON.readTree(letters.get(1).value());
    assertThat(letter.path("payload").asText().getBytes(UTF_8)).isEqualTo(large);
    assertThat(letter.path("message").asText()).contains("at most 100000 characters");
  }

  @Test
  void withoutDeadLettersThereIsAClearWord() throws Exception {
    broker.topics(PARTITIONS, "none.in", "none.out", "none.dead");
    Path pipeline = pipeline("none", "none", "");

    assertThat(run("dead-letters", pipeline).err())
        .contains("There are no dead letters in topic none.dead");
    assertThat(run("dead-letters", pipeline, "--from", "-1h", "--json").err())
        .contains("There are no such dead letters in topic none.dead");
    assertThat(run("redrive", pipeline).out()).startsWith("Nothing to send back");
  }

  /** Has a live job make dead letters, in a format by its name. */
  private static void letters(String name) throws Exception {
    broker.topics(PARTITIONS, name + ".in", name + ".out", name + ".dead");
    broker.produce(records(name + ".in"));
    live(name, SHORT + LETTERS);
  }

  /** Runs the live job with a limit that is too low, until so many records came out. */
  private static void live(String name, int count) throws Exception {
    Pipeline pipeline = Pipeline.load(pipeline(name, name + "-tight", TIGHT));
    StreamExecutionEnvironment environment = StreamExecutionEnvironment.getExecutionEnvironment();
    EnrichmentJob.build(environment, pipeline, topics(pipeline));
    JobClient job = environment.executeAsync();
    broker.consume(List.of(name + ".out", name + ".dead"), all -> all.size() >= count);
    job.cancel().get();
  }

  private static Topics topics(Pipeline pipeline) throws Exception {
    return TopicCheck.of(pipeline, RunVerb.BROKER_PATIENCE);
  }

  private static RedriveProducer producer(Path file) throws Exception {
    Pipeline pipeline = Pipeline.load(file);
    SinkOptions sink = pipeline.sink();
    Winnow made = run("redrive", file, "--to", "2000-01-01"); // makes the topic of the marks
    assertThat(made.out()).startsWith("Nothing to send back");
    return RedriveProducer.open(
        pipeline.withSink(new SinkOptions(sink.topic(), sink.format(), Delivery.EXACTLY_ONCE)),
        topics(pipeline));
  }

  private static Winnow run(String verb, Path pipeline, String... options) {
    List<String> arguments = new ArrayList<>(List.of(verb, pipeline.toString()));
    arguments.addAll(List.of(options));
    if (!verb.equals("dead-letters")) {
      arguments.addAll(List.of("--state", folder.resolve("state").toString()));
    }
    Winnow winnow = Winnow.run(arguments.toArray(String[]::new));
    assertThat(winnow.status()).as(winnow.err()).isZero();
    return winnow;
  }

  private static Map<String, ConsumerRecord<byte[], byte[]>> enriched(String name, int count) {
    return byPosition(name + ".out", count);
  }

  private static Map<String, ConsumerRecord<byte[], byte[]>> replayed(Path pipeline, String topic) {
    run(
        "replay",
        pipeline,
        "--from",
        "earliest",
        "--to",
        "now",
        "--to-topic",
        topic,
        "--create-topic");
    return byPosition(topic, SHORT + LONG);
  }

  private static Map<String, ConsumerRecord<byte[], byte[]>> byPosition(String topic, int count) {
    List<ConsumerRecord<byte[], byte[]>> read =
        broker.consume(List.of(topic), all -> all.size() >= count);
    assertThat(read).hasSize(count);
    Map<String, ConsumerRecord<byte[], byte[]>> records = new TreeMap<>();
    read.forEach(
        record ->
            records.put(
                header(record, "winnow-source-partition")
                    + "@"
                    + header(record, "winnow-source-offset"),
                record));
    assertThat(records).hasSize(count);
    return records;
  }

  /** Returns how many dead letters of the live job have each number of attempts. */
  private static Map<String, Integer> attempts(String name, int count) {
    Map<String, Integer> attempts = new TreeMap<>();
    int live = 0;
    for (ConsumerRecord<byte[], byte[]> record :
        broker.consume(
            List.of(name + ".dead"),
            all -> all.stream().filter(RedriveVerbITCase::isLive).count() >= count)) {
      if (isLive(record)) {
        live++;
        if (record.headers().lastHeader("winnow-attempts") != null) {
          attempts.merge(header(record, "winnow-attempts"), 1, Integer::sum);
        }
      }
    }
    assertThat(live).isEqualTo(count);
    return attempts;
  }

  private static boolean isLive(ConsumerRecord<byte[], byte[]> record) {
    return record.headers().lastHeader("winnow-replay") == null;
  }

  private static Path pipeline(String name, String file, String option) throws Exception {
    return Files.writeString(
        folder.resolve(file + ".yaml"),
        """
        name: %1$s
        source: {bootstrap-servers: "%2$s", topic: %1$s.in, start: earliest}
        text: text
        enrichments:
          - {name: intent, model: ../operators/src/test/resources/parity/bert-text}
        sink: {topic: %1$s.out}
        dead-letters: {topic: %1$s.dead, format: %3$s}
        checkpoint-interval: 500ms
        %4$s
        """
            .formatted(name, broker.servers(), name.equals("avro") ? "avro" : "json", option));
  }

  private static List<ProducerRecord<byte[], byte[]>> records(String topic) {
    List<byte[]> values = new ArrayList<>();
    for (int i = 0; i < SHORT; i++) {
      values.add(json("short " + i));
    }
    for (int i = 0; i < LONG; i++) {
      values.add(json("long text number " + i + " of Anna"));
    }
    for (int i = 0; i < BROKEN; i++) {
      values.add("{".getBytes(UTF_8));
    }
    List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
    for (int i = 0; i < values.size(); i++) {
      records.add(record(topic, i, values.get(i)));
    }
    records.add(record(topic, values.size(), null));
    return records;
  }

  private static ProducerRecord<byte[], byte[]> record(
      String topic, int i, byte @Nullable [] value) {
    byte @Nullable [] key = i % 3 == 0 ? null : ("key-" + i % 5).getBytes(UTF_8);
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(topic, i % PARTITIONS, 1_700_000_000_000L, key, value);
    record.headers().add("trace", ("trace-" + i).getBytes(UTF_8));
    return record;
  }

  private static byte[] json(String text) {
    return ("{\"text\": \"" + text + "\"}").getBytes(UTF_8);
  }

  private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
    return new String(record.headers().lastHeader(name).value(), UTF_8);
  }
}
