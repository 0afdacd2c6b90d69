package io.winnow.jobs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.winnow.jobs.pipeline.Pipeline;
import io.winnow.operators.config.Substitution;
import io.winnow.schemas.Classification;
import io.winnow.schemas.DeadLetter;
import io.winnow.schemas.EnrichedEvent;
import io.winnow.schemas.Enrichment;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificRecord;
import org.apache.flink.api.common.JobID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Avro in, and Avro or JSON out, on a real broker and a mini cluster. */
class AvroPipelineITCase {
  private static final String SCHEMA = "src/test/resources/message.avsc";
  private static final String TEXT = "Zoë met Anna in 東京 🗼";
  private static final int RECORDS = 6;

  @TempDir static Path folder;
  private static Broker broker;
  private static Flink flink;
  private static Schema schema;

  @BeforeAll
  static void start() throws Exception {
    schema = new Schema.Parser().parse(Path.of(SCHEMA).toFile());
    broker = Broker.start(folder);
    flink = Flink.start(1);
  }

  @AfterAll
  static void stop() throws Exception {
    flink.stop();
    broker.close();
  }

  @Test
  void avroBecomesTheEnvelopeAndItsBrokenRecordsDeadLettersInAvro() throws Exception {
    Map<String, byte[]> values = values();
    List<ConsumerRecord<byte[], byte[]>> read = run("envelope", "avro", values);

    for (ConsumerRecord<byte[], byte[]> record : read) {
      String key = new String(record.key(), UTF_8);
      byte[] value = Objects.requireNonNull(values.get(key));
      if (record.topic().equals("envelope.dead")) {
        assertDeadLetter(key, value, record);
      } else {
        EnrichedEvent event = decode(EnrichedEvent.class, record.value());
        assertThat(key).isEqualTo("good");
        assertThat(event.getSource().getTopic()).isEqualTo("envelope.in");
        assertThat(event.getSource().getTimestamp()).isEqualTo(record.timestamp());
        assertThat(event.getKey()).isEqualTo(ByteBuffer.wrap(record.key()));
        assertThat(event.getPayload()).isEqualTo(ByteBuffer.wrap(value));
        assertThat(event.getHeaders())
            .singleElement()
            .hasToString("{\"key\": \"trace\", \"value\": \"good\"}");
        Enrichment enrichment = event.getEnrichments().get(0);
        assertThat(enrichment.getName()).isEqualTo("intent");
        assertThat(enrichment.getTokensRead()).isPositive();
        assertThat(enrichment.getResult()).isInstanceOf(Classification.class);
      }
    }
  }

  @Test
  void avroBecomesJsonAndItsBrokenRecordsDeadLettersInAvro() throws Exception {
    Map<String, byte[]> values = values();
    List<ConsumerRecord<byte[], byte[]>> read = run("object", "json", values);

    for (ConsumerRecord<byte[], byte[]> record : read) {
      String key = new String(record.key(), UTF_8);
      if (record.topic().equals("object.dead")) {
        assertDeadLetter(key, Objects.requireNonNull(values.get(key)), record);
      } else {
        JsonNode event = new ObjectMapper().readTree(record.value());
        assertThat(event.fieldNames())
            .toIterable()
            .containsExactly("id", "body", "raw", "enrichments");
        assertThat(event.path("id").asLong()).isEqualTo(Long.MIN_VALUE);
        assertThat(event.path("body").asText()).isEqualTo(TEXT);
        assertThat(event.path("raw").binaryValue()).isEqualTo(new byte[] {0, -1});
        assertThat(event.path("enrichments").path(0).path("labels").size()).isEqualTo(1);
      }
    }
  }

  /** Values by key; those of broken ones start with the reason. */
  private static Map<String, byte[]> values() throws IOException {
    byte[] good = message(TEXT);
    Map<String, byte[]> values = new HashMap<>();
    values.put("good", good);
    values.put("invalid-avro-truncated", Arrays.copyOf(good, good.length - 1));
    values.put("invalid-avro-longer", Arrays.copyOf(good, good.length + 1));
    values.put("invalid-avro-json", "{\"body\": \"Anna\"}".getBytes(UTF_8));
    values.put("missing-field", message(null));
    values.put("empty-text", message(" "));
    return values;
  }

  private static void assertDeadLetter(
      String key, byte[] value, ConsumerRecord<byte[], byte[]> record) throws IOException {
    DeadLetter letter = decode(DeadLetter.class, record.value());
    assertThat(key).startsWith(letter.getReason());
    assertThat(letter.getStage()).isEqualTo(key.equals("empty-text") ? "enrich" : "decode");
    assertThat(letter.getPayload()).isEqualTo(ByteBuffer.wrap(value));
    assertThat(letter.getKey()).isEqualTo(ByteBuffer.wrap(record.key()));
    assertThat(letter.getMessage()).isNotBlank();
    assertThat(record.headers().lastHeader("winnow-reason").value())
        .isEqualTo(letter.getReason().getBytes(UTF_8));
    assertThat(record.headers().lastHeader("trace").value()).isEqualTo(record.key());
  }

  /** Runs a pipeline over the values until each has come out once. */
  private static List<ConsumerRecord<byte[], byte[]>> run(
      String name, String format, Map<String, byte[]> values) throws Exception {
    broker.topics(1, name + ".in", name + ".out", name + ".dead");
    List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
    for (Map.Entry<String, byte[]> value : values.entrySet()) {
      byte[] key = value.getKey().getBytes(UTF_8);
      ProducerRecord<byte[], byte[]> record =
          new ProducerRecord<>(name + ".in", key, value.getValue());
      record.headers().add("trace", key);
      records.add(record);
    }
    broker.produce(records);

    JobID job = start(name, format);
    List<ConsumerRecord<byte[], byte[]>> read =
        broker.consume(List.of(name + ".out", name + ".dead"), all -> all.size() >= RECORDS);
    flink.cancel(job);
    assertThat(read.stream().map(record -> new String(record.key(), UTF_8)))
        .containsExactlyInAnyOrderElementsOf(values.keySet());
    assertThat(read.stream().filter(record -> record.topic().endsWith(".out"))).hasSize(1);
    return read;
  }

  private static JobID start(String name, String format) throws Exception {
    String yaml =
        """
        name: %1$s
        source: {bootstrap-servers: "%2$s", topic: %1$s.in, format: avro, schema: %3$s}
        text: body
        enrichments:
          - {name: intent, model: ../operators/src/test/resources/parity/bert-text, parallelism: 1}
        sink: {topic: %1$s.out, format: %4$s}
        dead-letters: {topic: %1$s.dead, format: avro}
        checkpoint-interval: 500ms
        """
            .formatted(name, broker.servers(), SCHEMA, format);
    Pipeline pipeline = Pipeline.parse("test.yaml", yaml, Substitution.none());
    return flink.submit(pipeline);
  }

  private static byte[] message(@Nullable String body) throws IOException {
    GenericData.Record message = new GenericData.Record(schema);
    message.put("id", Long.MIN_VALUE);
    message.put("body", body);
    message.put("raw", ByteBuffer.wrap(new byte[] {0, -1}));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(out, null);
    new GenericDatumWriter<GenericData.Record>(schema).write(message, encoder);
    return out.toByteArray();
  }

  private static <T extends SpecificRecord> T decode(Class<T> type, byte[] value)
      throws IOException {
    var decoder = DecoderFactory.get().binaryDecoder(value, null);
    T record = new SpecificDatumReader<>(type).read(null, decoder);
    assertThat(decoder.isEnd()).isTrue();
    return record;
  }
}
