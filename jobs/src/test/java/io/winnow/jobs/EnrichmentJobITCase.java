package io.winnow.jobs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.winnow.jobs.pipeline.Pipeline;
import io.winnow.operators.config.Substitution;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.flink.api.common.JobID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.header.Header;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The whole job on a real broker and a mini cluster, with two tiny models. */
class EnrichmentJobITCase {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int MEGABYTE = 1_000_000;
  private static final String INTENT = "../operators/src/test/resources/parity/bert-text";

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
  void eachEventIsEnrichedOrADeadLetterAndKeepsItsKeyHeadersAndTimestamp() throws Exception {
    broker.topics(3, "bad.in", "bad.out", "bad.dead");
    Map<String, byte[]> bad = badValues();
    List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
    bad.forEach((reason, value) -> records.add(record("bad.in", reason, value)));
    for (int i = 0; i < 20; i++) {
      records.add(record("bad.in", "good-" + i, json("Number " + i + " met Anna in Paris.")));
    }
    List<RecordMetadata> written = broker.produce(records);

    JobID job = start(pipeline("bad", "json", 2));
    List<ConsumerRecord<byte[], byte[]>> read =
        broker.consume(List.of("bad.out", "bad.dead"), all -> all.size() >= records.size());
    flink.cancel(job);

    assertThat(read).hasSize(records.size());
    assertThat(positions(read)).isEqualTo(positionsWritten(written));
    for (ConsumerRecord<byte[], byte[]> record : read) {
      String key = new String(record.key(), UTF_8);
      assertThat(record.timestamp()).isEqualTo(1_700_000_000_000L);
      assertThat(record.headers().lastHeader("trace").value()).isEqualTo(key.getBytes(UTF_8));
      if (record.topic().equals("bad.out")) {
        assertThat(key).startsWith("good-");
        JsonNode event = JSON.readTree(record.value());
        assertThat(event.path("text").asText()).endsWith("met Anna in Paris.");
        assertThat(event.path("enrichments").findValuesAsText("name"))
            .containsExactly("intent", "entities");
      } else {
        JsonNode letter = JSON.readTree(record.value());
        assertThat(key).startsWith(letter.path("reason").asText());
        assertThat(letter.path("message").asText()).isNotBlank();
        assertThat(payload(letter)).isEqualTo(bad.get(key));
      }
    }
  }

  private static Map<String, byte[]> badValues() {
    Map<String, byte[]> bad = new HashMap<>();
    bad.put("invalid-json", "{\"text\": \"My card".getBytes(UTF_8));
    bad.put("invalid-json-empty", new byte[0]);
    bad.put("missing-field", "{\"id\": 7}".getBytes(UTF_8));
    bad.put("missing-field-null", "{\"text\": null}".getBytes(UTF_8));
    bad.put("not-a-string", "{\"text\": 42}".getBytes(UTF_8));
    bad.put("invalid-utf8", new byte[] {'{', (byte) 0xff, '}'});
    bad.put("tombstone", null);
    bad.put("empty-text", json(""));
    bad.put("empty-text-blank", json("  \\n "));
    bad.put("text-too-long", json("a ".repeat(MEGABYTE / 2)));
    bad.put("text-too-long-tokens", json("many words of one text ".repeat(4_000)));
    bad.put("invalid-unicode", json("lone \\ud83d surrogate"));
    bad.put("control-character", json("a bell \\u0007 rings"));
    return bad;
  }

  @Test
  void textAndAvroPipelinesPutOutEnvelopes() throws Exception {
    broker.topics(1, "text.in", "text.out", "text.dead");
    List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
    records.add(record("text.in", "ok", "Anna went to Paris 🗼 again".getBytes(UTF_8)));
    records.add(record("text.in", "bad", new byte[] {(byte) 0xc3, 0x28}));
    broker.produce(records);

    JobID job = start(pipeline("text", "text", 1));
    List<ConsumerRecord<byte[], byte[]>> read =
        broker.consume(List.of("text.out", "text.dead"), all -> all.size() >= 2);
    flink.cancel(job);

    JsonNode envelope = JSON.readTree(value(read, "text.out"));
    assertThat(envelope.path("payload").asText()).isEqualTo("Anna went to Paris 🗼 again");
    assertThat(envelope.path("enrichments").size()).isEqualTo(2);
    JsonNode letter = JSON.readTree(value(read, "text.dead"));
    assertThat(letter.path("stage").asText()).isEqualTo("decode");
    assertThat(letter.path("reason").asText()).isEqualTo("invalid-utf8");
    assertThat(payload(letter)).isEqualTo(new byte[] {(byte) 0xc3, 0x28});
  }

  @ParameterizedTest
  @ValueSource(strings = {"exact", "sorted"})
  void nothingIsLostOrDoubledAndOrderPerKeyHoldsWhenATaskManagerDies(String batching)
      throws Exception {
    String name = "fault-" + batching;
    String in = name + ".in";
    String out = name + ".out";
    String dead = name + ".dead";
    broker.topics(3, in, out, dead);
    String yaml = pipeline(name, "json", 4);
    if (batching.equals("sorted")) {
      yaml =
          yaml.replace(
              "model: " + INTENT,
              "batching: sorted, model: "
                  + SealedModels.copy(Path.of(INTENT), folder.resolve("sealed")));
    }
    List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
    for (int i = 0; i < 20_000; i++) {
      byte[] value = i % 100 == 0 ? "{".getBytes(UTF_8) : json("Event number " + i + " is here");
      records.add(record(in, "key-" + i % 17, value));
    }
    List<RecordMetadata> written = broker.produce(records);

    JobID job = start(yaml);
    broker.consume(List.of(out), all -> all.size() > 1_000);
    flink.replaceTaskManager();
    List<ConsumerRecord<byte[], byte[]>> read =
        broker.consume(List.of(out, dead), all -> all.size() >= records.size());
    flink.cancel(job);

    assertThat(read).hasSize(records.size());
    assertThat(positions(read)).isEqualTo(positionsWritten(written));
    assertThat(read.stream().filter(r -> r.topic().equals(dead))).hasSize(200);
    assertOrderPerKey(read.stream().filter(r -> r.topic().equals(out)).toList());
  }

  @Test
  void orderPerKeyHoldsThoughVerticesAreGivenOtherParallelisms() throws Exception {
    broker.topics(3, "scaled.in", "scaled.out", "scaled.dead");
    List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
    for (int i = 0; i < 2_000; i++) {
      records.add(record("scaled.in", "key-" + i % 17, json("Event number " + i + " is here")));
    }
    broker.produce(records);

    // Of two to four Flink would keep the order by chance: it deals out where one feeds many.
    JobID job = flink.submit(parse(pipeline("scaled", "json", 2)), Map.of("encode", 1, "sink", 4));
    List<ConsumerRecord<byte[], byte[]>> read =
        broker.consume(List.of("scaled.out"), all -> all.size() >= records.size());
    flink.cancel(job);

    assertThat(read).hasSize(records.size());
    assertOrderPerKey(read);
  }

  @Test
  void jobsThatAreCancelledLeaveNoKafkaClientsBehind() throws Exception {
    broker.topics(1, "left.in", "left.out", "left.dead");
    broker.produce(List.of(record("left.in", "key", json("Anna went to Paris"))));
    Set<String> before = kafkaClients(); // of other tests

    JobID job = start(pipeline("left", "json", 2));
    broker.consume(List.of("left.out"), all -> !all.isEmpty());
    flink.cancel(job);

    Awaitility.await().untilAsserted(() -> assertThat(kafkaClients()).isSubsetOf(before));
  }

  private static Set<String> kafkaClients() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> name.matches("kafka-(admin-client|producer-network)-thread.*"))
        .collect(Collectors.toSet());
  }

  private static void assertOrderPerKey(List<ConsumerRecord<byte[], byte[]>> records) {
    Map<String, Long> last = new HashMap<>();
    for (ConsumerRecord<byte[], byte[]> record : records) {
      long offset = number(record, "winnow-source-offset");
      Long before = last.put(new String(record.key(), UTF_8), offset);
      assertThat(before == null || before < offset).as("order of %s", record).isTrue();
    }
  }

  private static JobID start(String yaml) throws Exception {
    return flink.submit(parse(yaml));
  }

  private static Pipeline parse(String yaml) throws Exception {
    return Pipeline.parse(
        "test.yaml", yaml, Substitution.of(Map.of("BROKER", broker.servers()), Path.of("")));
  }

  private static String pipeline(String name, String format, int parallelism) {
    return """
        name: %1$s
        source: {bootstrap-servers: "${env:BROKER}", topic: %1$s.in, format: %2$s}
        %3$s
        enrichments:
          - {name: intent, model: %5$s, parallelism: %4$d}
          - {name: entities, model: ../operators/src/test/resources/parity/bert-token, parallelism: 2}
        sink: {topic: %1$s.out}
        dead-letters: {topic: %1$s.dead}
        checkpoint-interval: 500ms
        """
        .formatted(name, format, format.equals("json") ? "text: text" : "", parallelism, INTENT);
  }

  private static ProducerRecord<byte[], byte[]> record(String topic, String key, byte[] value) {
    byte[] keyBytes = key.getBytes(UTF_8);
    var record = new ProducerRecord<>(topic, null, 1_700_000_000_000L, keyBytes, value);
    record.headers().add("trace", keyBytes);
    return record;
  }

  private static byte[] json(String text) {
    return ("{\"id\": 1.00, \"text\": \"" + text + "\"}").getBytes(UTF_8);
  }

  private static byte[] value(List<ConsumerRecord<byte[], byte[]>> records, String topic) {
    return records.stream().filter(r -> r.topic().equals(topic)).findFirst().orElseThrow().value();
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

  private static Set<String> positions(List<ConsumerRecord<byte[], byte[]>> records) {
    Set<String> positions = new HashSet<>();
    for (ConsumerRecord<byte[], byte[]> record : records) {
      positions.add(
          number(record, "winnow-source-partition") + "@" + number(record, "winnow-source-offset"));
    }
    return positions;
  }

  private static Set<String> positionsWritten(List<RecordMetadata> written) {
    Set<String> positions = new HashSet<>();
    written.forEach(record -> positions.add(record.partition() + "@" + record.offset()));
    return positions;
  }

  private static long number(ConsumerRecord<byte[], byte[]> record, String header) {
    Header found = record.headers().lastHeader(header);
    return Long.parseLong(new String(found.value(), UTF_8));
  }
}
