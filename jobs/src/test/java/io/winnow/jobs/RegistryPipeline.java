package io.winnow.jobs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.winnow.jobs.pipeline.Pipeline;
import io.winnow.operators.config.Substitution;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.flink.api.common.JobID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * A pipeline from a topic to another, whose schemas are in a registry.
 *
 * @param name its topics begin with it
 * @param url of the registry
 */
record RegistryPipeline(String name, String url, Broker broker, Flink flink) {
  static final Schema FIRST =
      schema("{\"name\":\"id\",\"type\":\"int\"}", "{\"name\":\"raw\",\"type\":\"bytes\"}");

  /** Reads what {@link #FIRST} wrote, but is not read by it. */
  static final Schema SECOND = schema("{\"name\":\"id\",\"type\":\"int\"}");

  static final Schema THIRD =
      schema(
          "{\"name\":\"id\",\"type\":\"int\"}",
          "{\"name\":\"lang\",\"type\":\"string\",\"default\":\"en\"}");

  private static final String MEDIA_TYPE = "application/vnd.schemaregistry.v1+json";
  private static final int HEADER_BYTES = 5;

  private static Schema schema(String... fields) {
    return new Schema.Parser()
        .parse(
            """
            {"type":"record","name":"Message","namespace":"shop","fields":[
              {"name":"body","type":["null","string"]}, %s]}"""
                .formatted(String.join(", ", fields)));
  }

  void createTopics(int partitions) throws Exception {
    broker.topics(partitions, name + ".in", name + ".out", name + ".dead");
  }

  JobID start(String login) throws Exception {
    String yaml =
        """
        name: %1$s
        source: {bootstrap-servers: "%2$s", topic: %1$s.in, format: avro-registry}
        text: body
        enrichments:
          - {name: intent, model: ../operators/src/test/resources/parity/bert-text, parallelism: 2}
        sink: {topic: %1$s.out, format: avro-registry}
        dead-letters: {topic: %1$s.dead}
        checkpoint-interval: 500ms
        schema-registry: {url: "%3$s"%4$s}
        """
            .formatted(name, broker.servers(), url, login);
    return flink.submit(
        Pipeline.parse(
            "test.yaml",
            yaml,
            Substitution.of(Map.of("PASSWORD", "hunter2"), Path.of("").toAbsolutePath())));
  }

  void stop(JobID job) throws Exception {
    flink.cancel(job);
  }

  /** Registers a schema of the source. */
  int register(Schema schema) throws Exception {
    return register(name + ".in-value", schema);
  }

  int register(String subject, Schema schema) throws Exception {
    String body = new ObjectMapper().createObjectNode().put("schema", schema.toString()).toString();
    JsonNode answer =
        ask(
            HttpRequest.newBuilder(URI.create(url + "/subjects/" + subject + "/versions"))
                .header("Content-Type", MEDIA_TYPE)
                .POST(BodyPublishers.ofString(body)));
    return answer.path("id").asInt();
  }

  private Schema schema(int id) throws Exception {
    JsonNode answer = ask(HttpRequest.newBuilder(URI.create(url + "/schemas/ids/" + id)));
    return new Schema.Parser().parse(answer.path("schema").asText());
  }

  private static JsonNode ask(HttpRequest.Builder request) throws Exception {
    var response = HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofString());
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return new ObjectMapper().readTree(response.body());
  }

  /** Returns a record of the source, its key the number. */
  ProducerRecord<byte[], byte[]> message(int schemaId, Schema schema, int number)
      throws IOException {
    return record(Integer.toString(number), value(schemaId, schema, number));
  }

  /** Returns the value of a record of the source, behind the header of a registry. */
  static byte[] value(int schemaId, Schema schema, int number) throws IOException {
    GenericRecordBuilder message =
        new GenericRecordBuilder(schema).set("body", "Number " + number + " met Anna in Paris");
    message.set("id", number);
    if (schema.getField("raw") != null) {
      message.set("raw", ByteBuffer.wrap(new byte[] {0, -1}));
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(ByteBuffer.allocate(HEADER_BYTES).put((byte) 0).putInt(schemaId).array());
    BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(out, null);
    new GenericDatumWriter<GenericRecord>(schema).write(message.build(), encoder);
    return out.toByteArray();
  }

  ProducerRecord<byte[], byte[]> record(String key, byte[] value) {
    return new ProducerRecord<>(name + ".in", key.getBytes(UTF_8), value);
  }

  /** Reads output and dead letters until there are so many; returns how often each key came. */
  List<ConsumerRecord<byte[], byte[]>> read(int count) {
    return broker.consume(List.of(name + ".out", name + ".dead"), all -> all.size() >= count);
  }

  /** Returns the enriched records by their keys, each of which stands for one record. */
  Map<String, GenericRecord> enriched(List<ConsumerRecord<byte[], byte[]>> records)
      throws Exception {
    Map<String, GenericRecord> enriched = new HashMap<>();
    Map<Integer, Schema> schemas = new HashMap<>();
    for (ConsumerRecord<byte[], byte[]> record : records) {
      if (record.topic().endsWith(".out")) {
        byte[] value = record.value();
        assertThat(value[0]).isZero();
        int id = ByteBuffer.wrap(value).getInt(1);
        if (!schemas.containsKey(id)) {
          schemas.put(id, schema(id));
        }
        BinaryDecoder in =
            DecoderFactory.get()
                .binaryDecoder(value, HEADER_BYTES, value.length - HEADER_BYTES, null);
        GenericRecord read = new GenericDatumReader<GenericRecord>(schemas.get(id)).read(null, in);
        assertThat(in.isEnd()).isTrue();
        assertThat(enriched.put(key(record), read)).as("earlier of %s", key(record)).isNull();
      }
    }
    return enriched;
  }

  /** Returns the reasons of the dead letters by their keys. */
  static Map<String, String> reasons(List<ConsumerRecord<byte[], byte[]>> records) {
    Map<String, String> reasons = new HashMap<>();
    for (ConsumerRecord<byte[], byte[]> record : records) {
      if (record.topic().endsWith(".dead")) {
        String reason = new String(record.headers().lastHeader("winnow-reason").value(), UTF_8);
        assertThat(reasons.put(key(record), reason)).isNull();
      }
    }
    return reasons;
  }

  private static String key(ConsumerRecord<byte[], byte[]> record) {
    return new String(record.key(), UTF_8);
  }

  /** Has records of three versions pass, the newer before the older, and broken ones set aside. */
  void versionsPass() throws Exception {
    createTopics(2);
    int first = register(FIRST);
    int second = register(SECOND);
    List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      records.add(i % 2 == 0 ? message(second, SECOND, i) : message(first, FIRST, i));
    }
    records.add(record("invalid-avro", "{\"body\": 1}".getBytes(UTF_8)));
    records.add(record("invalid-avro-empty", new byte[0]));
    records.add(record("unknown-schema", new byte[] {0, 127, 0, 0, 1, 2}));
    broker.produce(records);
    JobID job = start("");
    read(records.size());
    int third = register(THIRD);
    for (int i = 40; i < 50; i++) {
      records.add(message(third, THIRD, i));
    }
    broker.produce(records.subList(43, records.size()));
    List<ConsumerRecord<byte[], byte[]>> read = read(records.size());
    stop(job);

    assertThat(read).hasSize(records.size());
    assertThat(reasons(read))
        .containsOnlyKeys("invalid-avro", "invalid-avro-empty", "unknown-schema")
        .allSatisfy((key, reason) -> assertThat(key).startsWith(reason));
    Map<String, GenericRecord> enriched = enriched(read);
    assertThat(enriched).hasSize(50);
    for (Map.Entry<String, GenericRecord> entry : enriched.entrySet()) {
      int number = Integer.parseInt(entry.getKey());
      GenericRecord record = entry.getValue();
      Schema written = number >= 40 ? THIRD : number % 2 == 0 ? SECOND : FIRST;
      List<String> fields = new ArrayList<>();
      written.getFields().forEach(field -> fields.add(field.name()));
      fields.add("enrichments");
      assertThat(record.getSchema().getFields().stream().map(Schema.Field::name))
          .containsExactlyElementsOf(fields);
      assertThat(record.get("id")).isEqualTo(number);
      assertThat(record.get("body")).hasToString("Number " + number + " met Anna in Paris");
      assertThat((List<?>) record.get("enrichments"))
          .singleElement()
          .asString()
          .contains("\"name\": \"intent\"", "\"labels\"");
    }
  }
}
