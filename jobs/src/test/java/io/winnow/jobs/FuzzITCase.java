package io.winnow.jobs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.winnow.jobs.pipeline.Pipeline;
import io.winnow.operators.config.Substitution;
import io.winnow.operators.text.Reason;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.Schema;
import org.apache.flink.api.common.JobID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each fuzzed record comes out once, enriched or as a dead letter, and no job restarts.
 *
 * <p>{@code -Dwinnow.fuzz.seed} takes others.
 */
class FuzzITCase {
  private static final long SEED = Long.getLong("winnow.fuzz.seed", 42);
  private static final String SCHEMA = "src/test/resources/message.avsc";
  private static final List<String> REASONS =
      Arrays.stream(Reason.values()).map(Reason::code).toList();
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir static Path folder;
  private static Broker broker;
  private static Flink flink;

  @BeforeAll
  static void start() throws Exception {
    broker = Broker.start(folder);
    flink = Flink.start(1);
  }

  @AfterAll
  static void stop() throws Exception {
    flink.stop();
    broker.close();
  }

  static List<Arguments> pipelines() {
    return List.of(
        arguments("json", "text", "bert-token", "roberta-token"),
        arguments("text", "", "xlm-roberta-token", "deberta-v2-token"),
        arguments("avro", "body", "modernbert-token", "distilbert-token"));
  }

  @ParameterizedTest
  @MethodSource("pipelines")
  void eachRecordIsEnrichedOrADeadLetterAndTheJobNeverRestarts(
      String format, String text, String first, String second) throws Exception {
    fuzz(700, format, text, first, second);
  }

  @ParameterizedTest
  @MethodSource("pipelines")
  @Tag("faults")
  void eachOfManyRecordsIsEnrichedOrADeadLetterAndTheJobNeverRestarts(
      String format, String text, String first, String second) throws Exception {
    fuzz(6_700, format, text, first, second);
  }

  private static void fuzz(int records, String format, String text, String first, String second)
      throws Exception {
    broker.topics(2, format + ".in", format + ".out", format + ".dead");
    Map<String, byte @Nullable []> written = produce(format, records);

    JobID job = start(format, text, first, second);
    List<ConsumerRecord<byte[], byte[]>> read =
        broker.consume(
            List.of(format + ".out", format + ".dead"), all -> all.size() >= written.size());
    flink.cancel(job);

    assertThat(flink.failure(job)).isEmpty();
    assertThat(flink.restarts(job)).isZero();
    assertThat(read).hasSize(written.size());
    assertThat(read.stream().map(FuzzITCase::position))
        .containsExactlyInAnyOrderElementsOf(written.keySet());
    Map<String, Integer> outcomes = new TreeMap<>();
    for (ConsumerRecord<byte[], byte[]> record : read) {
      outcomes.merge(outcome(record, written.get(position(record))), 1, Integer::sum);
    }
    System.err.printf("%d records as %s, seed %d: %s%n", read.size(), format, SEED, outcomes);
    assertThat(outcomes).containsKey("enriched").hasSizeGreaterThan(4);
  }

  /** Checks one record that came out, and returns what became of it. */
  private static String outcome(ConsumerRecord<byte[], byte[]> record, byte @Nullable [] original)
      throws IOException {
    JsonNode value = JSON.readTree(record.value());
    if (record.topic().endsWith(".dead")) {
      String reason = value.path("reason").asText();
      assertThat(reason).isIn(REASONS);
      assertThat(value.path("message").asText()).hasSizeBetween(1, 2_000);
      if (!value.path("message").asText().contains("left out")) {
        assertThat(payload(value)).isEqualTo(original);
      }
      return reason;
    }
    assertThat(value.path("enrichments").size()).isPositive();
    assertSpansLieInTheirText(value);
    return "enriched";
  }

  private static void assertSpansLieInTheirText(JsonNode event) throws IOException {
    String text = text(event);
    for (JsonNode spans : event.path("enrichments").findValues("spans")) {
      for (JsonNode span : spans) {
        assertThat(text.substring(span.path("start").asInt(), span.path("end").asInt()))
            .isEqualTo(span.path("text").asText());
      }
    }
  }

  private static String text(JsonNode event) throws IOException {
    if (!event.has("payload")) {
      return event.path(event.has("body") ? "body" : "text").asText();
    }
    String payload = event.path("payload").asText();
    return event.path("source").path("topic").asText().equals("json.in")
        ? JSON.readTree(payload).path("text").asText()
        : payload;
  }

  private static byte @Nullable [] payload(JsonNode letter) throws IOException {
    JsonNode payload = letter.path("payload");
    if (payload.isNull()) {
      return null;
    }
    return letter.path("payloadEncoding").asText().equals("base64")
        ? payload.binaryValue()
        : payload.asText().getBytes(UTF_8);
  }

  /** Returns the values by their positions. */
  private static Map<String, byte @Nullable []> produce(String format, int count) throws Exception {
    Schema schema = new Schema.Parser().parse(Path.of(SCHEMA).toFile());
    FuzzRecords fuzz = new FuzzRecords(SEED + format.hashCode(), schema);
    List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      records.add(fuzz.next(format + ".in", format));
    }
    List<RecordMetadata> metadata = broker.produce(records);
    Map<String, byte @Nullable []> written = new HashMap<>();
    for (int i = 0; i < records.size(); i++) {
      RecordMetadata place = metadata.get(i);
      written.put(place.partition() + "@" + place.offset(), records.get(i).value());
    }
    return written;
  }

  private static JobID start(String format, String text, String first, String second)
      throws Exception {
    String yaml =
        """
        name: fuzz-%1$s
        source: {bootstrap-servers: "%2$s", topic: %1$s.in, format: %1$s%3$s}
        %4$s
        enrichments:
          - {name: first, model: ../operators/src/test/resources/parity/%5$s, parallelism: 2}
          - {name: second, model: ../operators/src/test/resources/parity/%6$s, parallelism: 1}
        sink: {topic: %1$s.out, format: json}
        dead-letters: {topic: %1$s.dead, format: json}
        checkpoint-interval: 1s
        """
            .formatted(
                format,
                broker.servers(),
                format.equals("avro") ? ", schema: " + SCHEMA : "",
                text.isEmpty() ? "" : "text: " + text,
                first,
                second);
    return flink.submit(Pipeline.parse("test.yaml", yaml, Substitution.none()));
  }

  private static String position(ConsumerRecord<byte[], byte[]> record) {
    return header(record, "winnow-source-partition") + "@" + header(record, "winnow-source-offset");
  }

  private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
    return new String(record.headers().lastHeader(name).value(), UTF_8);
  }
}
