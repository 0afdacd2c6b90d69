package io.winnow.jobs.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.winnow.jobs.Broker;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Plans for a real topic with a tiny model. */
class PlanVerbITCase {
  private static final int RECORDS = 3_000;

  @TempDir static Path folder;
  private static Broker broker;
  private static Path pipeline;

  @BeforeAll
  static void start() throws Exception {
    broker = Broker.start(folder.resolve("kafka"));
    broker.topics(3, "plan.in", "plan.out", "plan.dead");
    List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
    for (int i = 0; i < RECORDS; i++) {
      String text = i % 4 == 0 ? "" : i % 4 == 1 ? "Paris again" : "Anna went to Paris " + i;
      byte[] value = "{\"text\": \"%s\"}".formatted(text).getBytes(UTF_8);
      records.add(new ProducerRecord<>("plan.in", i % 3, 1_700_000_000_000L + i, null, value));
    }
    broker.produce(records);
    pipeline = pipeline("plan.in");
  }

  @AfterAll
  static void stop() {
    broker.close();
  }

  @Test
  void aPlanTellsTheTextsTheSpeedAndWhatAGoalTakes() throws Exception {
    Winnow winnow =
        Winnow.run(
            "plan",
            pipeline.toString(),
            "--json",
            "--seconds",
            "1",
            "--sample",
            "600",
            "--rate",
            "1e9",
            "--backfill",
            "earliest..now",
            "--parallelism",
            "5");

    assertThat(winnow.status()).as(winnow.err()).isZero();
    JsonNode plan = new ObjectMapper().readTree(winnow.out());
    JsonNode sample = plan.path("sample");
    assertThat(sample.path("origin").asText()).isEqualTo("topic plan.in");
    assertThat(sample.path("population").asLong()).isEqualTo(RECORDS);
    assertThat(sample.path("records").asLong()).isEqualTo(600);
    assertThat(sample.path("rejected").asDouble()).isBetween(0.2, 0.3);
    assertThat(sample.path("repeated").asDouble()).isBetween(0.28, 0.38);
    assertThat(plan.at("/tokens/longest").asLong()).isBetween(4L, 20L);
    double perCore = plan.path("eventsPerSecondPerCore").asDouble();
    double answered = plan.at("/measured/events").asDouble() / plan.at("/measured/cores").asInt();
    double secondsPerRecord =
        (1 - sample.path("rejected").asDouble()) / answered
            + plan.path("secondsBesideModels").asDouble();
    assertThat(perCore).isEqualTo(1 / secondsPerRecord, within(1e-3 * perCore)); // of one second
    assertThat(plan.path("eventsPerSecondPerCoreWithCache").asDouble()).isGreaterThan(perCore);
    assertThat(plan.at("/rate/cores").asLong()).isEqualTo((long) Math.ceil(1e9 / (perCore * 0.7)));
    assertThat(plan.at("/rate/taskManagers").asLong())
        .isEqualTo((long) Math.ceil(plan.at("/rate/cores").asLong() / 4.0));
    assertThat(plan.at("/backfill/records").asLong()).isEqualTo(RECORDS);
    assertThat(plan.at("/backfill/busySubtasks").asInt()).isEqualTo(3);
    assertThat(plan.at("/backfill/hours").asDouble())
        .isEqualTo(RECORDS / 3 / perCore / 3600, within(1e-9));
    assertThat(plan.path("taskManagerOffHeapBytes").asLong()).isGreaterThan(96L << 20);
    List<String> fields = new ArrayList<>();
    plan.fieldNames().forEachRemaining(fields::add);
    assertThat(Documented.under("Planning").column("field")).containsAll(fields);
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.servers()))) {
      assertThat(admin.listGroups().all().get()).isEmpty();
    }
  }

  @Test
  void aPlanIsShownInWords() throws Exception {
    Path texts = Files.writeString(folder.resolve("texts.txt"), "Paris\nAnna met Tim\nParis\n");

    Winnow winnow =
        Winnow.run(
            "plan",
            pipeline.toString(),
            "--seconds",
            "1",
            "--texts",
            texts.toString(),
            "--rate",
            "0.1");

    assertThat(winnow.status()).as(winnow.err()).isZero();
    assertThat(winnow.out())
        .contains("file " + texts + ": looked at 3 of 3 records")
        .contains("0.0 % would become dead letters, 33.3 % of the texts came before")
        .contains("Tokens a text: mean ")
        .contains("0 - 8  ########################################  66.7 %")
        .containsPattern("Measured for 1 s on \\d+ cores? of this machine:")
        .contains("For 0.1 events/s, with 30.0 % of the capacity left free:")
        .contains("task managers   1 of 4 slots");
  }

  @ParameterizedTest
  @CsvSource({
    "'--rate 0', 'Expected more than 0 events a second with --rate, found 0.0'",
    "'--parallelism 2', 'Expected at least 1 subtask with --parallelism, and --backfill with it'",
    "'--head-room 100', 'Expected 0 to 99 percent with --head-room, found 100'",
    "'--backfill now', '--backfill: expected FROM..TO, as in -7d..now, found ''now'''",
    "'--backfill now..soon', '--backfill: expected '",
    "'--texts none.txt', '--texts: expected a file of UTF-8 text with a text in each line, but'",
  })
  void whatCannotBePlannedIsRefused(String options, String message) {
    List<String> arguments = new ArrayList<>(List.of("plan", pipeline.toString()));
    arguments.addAll(List.of(options.split(" ", -1)));

    Winnow winnow = Winnow.run(arguments.toArray(String[]::new));

    assertThat(winnow.status()).isEqualTo(2);
    assertThat(winnow.err()).contains(message);
  }

  @Test
  void anEmptyTopicHasNothingToPlanFor() throws Exception {
    broker.topics(1, "plan.empty");

    Winnow winnow = Winnow.run("plan", pipeline("plan.empty").toString());

    assertThat(winnow.status()).isEqualTo(2);
    assertThat(winnow.errors())
        .containsExactly("error: Expected records in topic 'plan.empty', found none");
  }

  @Test
  void aRangeWithoutRecordsIsToldByItsOption() {
    Winnow winnow = Winnow.run("plan", pipeline.toString(), "--backfill", "2020-01-01..2020-01-02");

    assertThat(winnow.status()).isEqualTo(2);
    assertThat(winnow.err())
        .contains(
            "--backfill: expected a range with records, found none; topic 'plan.in' holds at most"
                + " 3,000 records in 3 partitions");
  }

  @Test
  void aTopicThatComesFromAFileIsNotShown() throws Exception {
    Files.writeString(folder.resolve("topic.txt"), "plan.in");
    Path hidden = pipeline("hidden.yaml", "${file:topic.txt}");
    Path offsets =
        Files.writeString(folder.resolve("offsets.json"), "{\"0\": 5000, \"1\": 0, \"2\": 0}");

    Winnow winnow = Winnow.run("plan", hidden.toString(), "--backfill", "@" + offsets + "..now");

    assertThat(winnow.status()).isEqualTo(2);
    assertThat(winnow.errors())
        .containsExactly(
            "error: --backfill: expected an offset from 0 to 1000 in partition 0, as topic '<from"
                + " ${file:topic.txt}>' holds, found 5000");
  }

  private static Path pipeline(String topic) throws Exception {
    return pipeline(topic + ".yaml", topic);
  }

  private static Path pipeline(String file, String topic) throws Exception {
    return Files.writeString(
        folder.resolve(file),
        """
        name: plan
        source: {bootstrap-servers: "%s", topic: "%s"}
        text: text
        enrichments: [{name: intent, model: "%s"}]
        sink: {topic: plan.out}
        dead-letters: {topic: plan.dead}
        """
            .formatted(broker.servers(), topic, Winnow.model("bert-text").toAbsolutePath()));
  }
}
