package io.winnow.jobs.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.winnow.jobs.Broker;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Compares topics of a real broker that replays with different models wrote. */
class DiffVerbITCase {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int PARTITIONS = 3;
  private static final int RECORDS = 90;
  private static final int BROKEN = 3;

  @TempDir static Path folder;
  private static Broker broker;
  private static Path pipeline;

  @BeforeAll
  static void enrichWithTwoModels() throws Exception {
    broker = Broker.start(folder.resolve("kafka"));
    broker.topics(PARTITIONS, "in", "out", "candidate", "again", "dead", "empty");
    broker.topics(1, "one");
    broker.produce(records());
    pipeline = pipeline("now", "out", "json", "bert-text");
    replay(pipeline, "out");
    replay(pipeline, "again");
    replay(pipeline("next", "candidate", "avro", "distilbert-text"), "candidate");
  }

  @AfterAll
  static void stop() {
    broker.close();
  }

  @Test
  void theSameModelSaysTheSame() throws Exception {
    JsonNode diff = json(diff("out", "again", "--json"));

    assertThat(diff.path("joined").asInt()).isEqualTo(RECORDS - BROKEN);
    assertThat(diff.path("a").path("only").asInt()).isZero();
    assertThat(diff.path("heads")).hasSize(2);
    for (JsonNode head : diff.path("heads")) {
      assertThat(head.path("agreement").asDouble()).isEqualTo(1);
      assertThat(head.path("scoreChanges")).isEmpty();
      assertThat(head.path("a").path("fingerprint")).isEqualTo(head.path("b").path("fingerprint"));
    }
  }

  @Test
  void anotherModelInAnotherFormatIsComparedAndShown() throws Exception {
    Path report = folder.resolve("diff.html");

    Winnow shown = diff("out", "candidate", "--report", report.toString());
    JsonNode diff = json(diff("out", "candidate", "--json"));

    assertThat(shown.status()).as(shown.err()).isZero();
    assertThat(shown.err()).isEmpty();
    assertThat(shown.out())
        .contains("in both        87 records", "head text/", "agreement", "A  bert-text")
        .contains("B  distilbert-text", "some different answers");
    assertThat(report).content().contains("winnow diff", "<dt>In both</dt><dd>87 records</dd>");
    JsonNode text = diff.path("heads").get(1);
    assertThat(text.path("enrichment").asText()).isEqualTo("text");
    assertThat(text.path("examples").asInt()).isEqualTo(RECORDS - BROKEN);
    assertThat(text.path("agreement").asDouble()).isLessThan(1);
    assertThat(text.path("disagreements").get(0).path("text").asText()).startsWith("Anna met");
    assertThat(diff.path("heads").get(0).path("agreement").asDouble()).isEqualTo(1);
  }

  @Test
  void whatIsMissingDoubledOrBrokenIsToldAndNoObstacle() throws Exception {
    List<ConsumerRecord<byte[], byte[]>> out =
        broker.consume(List.of("out"), all -> all.size() >= RECORDS - BROKEN);
    List<ProducerRecord<byte[], byte[]>> side = new ArrayList<>();
    for (ConsumerRecord<byte[], byte[]> record : out.subList(0, 10)) {
      side.add(copy(record, record.value()));
    }
    side.add(copy(out.get(3), out.get(3).value()));
    side.add(copy(out.get(10), null));
    side.add(copy(out.get(11), "{".getBytes(UTF_8)));
    side.add(new ProducerRecord<>("one", "{\"enrichments\":[]}".getBytes(UTF_8)));
    broker.produce(side);

    Winnow winnow = diff("out", "one", "--json");

    JsonNode diff = json(winnow);
    assertThat(diff.path("joined").asInt()).isEqualTo(10);
    assertThat(diff.path("a").path("only").asInt()).isEqualTo(RECORDS - BROKEN - 10);
    JsonNode b = diff.path("b");
    assertThat(b.path("records").asInt()).isEqualTo(14);
    assertThat(b.path("doubled").asInt()).isEqualTo(1);
    assertThat(b.path("unreadable").asInt()).isEqualTo(3);
    assertThat(b.path("unreadableReasons").toString())
        .isEqualTo("{\"invalid-json\":1,\"no-source\":1,\"tombstone\":1}");
    assertThat(winnow.errors())
        .hasSize(3)
        .allMatch(line -> line.startsWith("warning: topic 'one' has records that are not read"));
  }

  @Test
  void anEmptyOrMissingTopicAndOneOfOtherRecordsAreWrongUsage() throws Exception {
    Winnow empty = diff("out", "empty");
    Winnow missing = diff("out", "nowhere");
    Winnow other = diff("out", "dead");

    assertThat(empty.status()).isEqualTo(2);
    assertThat(empty.err()).contains("topic 'empty' holds no committed record");
    assertThat(missing.status()).isEqualTo(2);
    assertThat(missing.err()).contains("TOPIC_B: there is no topic nowhere at");
    assertThat(other.status()).isEqualTo(2);
    assertThat(other.err())
        .contains("Expected records of the same source positions in both topics, found none")
        .contains("unreadable: no-enrichments");
  }

  private static ProducerRecord<byte[], byte[]> copy(
      ConsumerRecord<byte[], byte[]> record, byte @Nullable [] value) {
    return new ProducerRecord<>("one", null, record.key(), value, record.headers());
  }

  private static Winnow diff(String a, String b, String... options) {
    List<String> arguments = new ArrayList<>(List.of("diff", pipeline.toString(), a, b));
    arguments.addAll(List.of(options));
    return Winnow.run(arguments.toArray(String[]::new));
  }

  private static JsonNode json(Winnow winnow) throws Exception {
    assertThat(winnow.status()).as(winnow.err()).isZero();
    return JSON.readTree(winnow.out());
  }

  private static void replay(Path file, String topic) {
    Winnow winnow =
        Winnow.run(
            "replay",
            file.toString(),
            "--from",
            "earliest",
            "--to",
            "now",
            "--to-topic",
            topic,
            "--state",
            folder.resolve("replays").toString());
    assertThat(winnow.status()).as(winnow.err()).isZero();
  }

  private static Path pipeline(String name, String sink, String format, String model)
      throws Exception {
    return Files.writeString(
        folder.resolve(name + ".yaml"),
        """
        name: %s
        source: {bootstrap-servers: "%s", topic: in}
        text: text
        enrichments:
          - {name: text, model: ../operators/src/test/resources/parity/%s}
          - {name: entities, model: ../operators/src/test/resources/parity/bert-token}
        sink: {topic: %s, format: %s}
        dead-letters: {topic: dead}
        checkpoint-interval: 500ms
        """
            .formatted(name, broker.servers(), model, sink, format));
  }

  private static List<ProducerRecord<byte[], byte[]>> records() {
    List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
    for (int i = 0; i < RECORDS; i++) {
      String value =
          i % 30 == 7 ? "{" : "{\"text\": \"Anna met %d friends in Paris\"}".formatted(i * i);
      records.add(
          new ProducerRecord<>(
              "in", i % PARTITIONS, ("key-" + i % 7).getBytes(UTF_8), value.getBytes(UTF_8)));
    }
    return records;
  }
}
