package io.winnow.jobs.format;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.winnow.jobs.pipeline.TextPath;
import io.winnow.jobs.registry.LocalRegistry;
import io.winnow.jobs.registry.SinkSubject;
import io.winnow.operators.text.Reason;
import io.winnow.operators.text.RejectedException;
import io.winnow.operators.text.TextField;
import io.winnow.schemas.EnrichedEvent;
import io.winnow.schemas.Enrichment;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.flink.util.InstantiationUtil;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Values behind a registry's header, decoded and encoded. */
final class RegistryFormatsTest {
  private static final List<TextPath> BODY = List.of(new TextPath(List.of("body"), false));

  private static LocalRegistry registry;

  @BeforeAll
  static void start() throws Exception {
    registry = LocalRegistry.start();
  }

  @AfterAll
  static void stop() {
    registry.close();
  }

  @Test
  void eachRecordIsReadWithTheSchemaThatItsHeaderNames() throws Exception {
    Schema newer =
        AvroSamples.schema(
            """
            {"type":"record","name":"Message","namespace":"shop","fields":[
              {"name":"lang","type":"string","default":"en"},{"name":"body","type":"string"}]}""");
    GenericRecord record =
        new GenericRecordBuilder(newer).set("lang", "fr").set("body", "salut").build();
    EventDecoder decoder = InstantiationUtil.clone(decoder());

    assertThat(texts(decoder, message("read-value", "hi"))).containsExactly("hi");
    assertThat(texts(decoder, value("newer-value", newer, record))).containsExactly("salut");
    assertThat(texts(decoder, message("read-value", "ho"))).containsExactly("ho");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | only 0 bytes",
        "00000001 | only 4 bytes",
        "7B22613A317D | the byte 0x7B first",
        "0100000001 | the byte 0x01 first",
      })
  void aValueWithoutTheHeaderIsRejected(String hex, String found) {
    byte[] value = HexFormat.of().parseHex(hex);

    assertThatExceptionOfType(RejectedException.class)
        .isThrownBy(() -> decoder().texts(value))
        .withMessage(
            "Expected a registry's header, a zero byte and four of a schema id, but found %s; check"
                + " that the producer writes with the registry's serializer, or correct"
                + " source.format",
            found)
        .extracting(RejectedException::reason)
        .isEqualTo(Reason.INVALID_AVRO);
  }

  @Test
  void anIdThatTheRegistryDoesNotKnowIsRejected() {
    assertThat(rejection(decoder(), RegistryHeader.with(4_711, new byte[0])))
        .isEqualTo(Reason.UNKNOWN_SCHEMA);
  }

  @Test
  void aRecordThatIsNotOfItsSchemaIsRejected() throws Exception {
    byte[] value = message("read-value", "hi");

    assertThat(rejection(decoder(), Arrays.copyOf(value, value.length - 1)))
        .isEqualTo(Reason.INVALID_AVRO);
    assertThat(rejection(decoder(), Arrays.copyOf(value, value.length + 1)))
        .isEqualTo(Reason.INVALID_AVRO);
  }

  @Test
  void aSchemaThatIsNoRecordsIsRejected() {
    int id = registry.register("text-value", Schema.create(Schema.Type.STRING));

    assertThatExceptionOfType(RejectedException.class)
        .isThrownBy(() -> decoder().texts(RegistryHeader.with(id, new byte[] {2, 'a'})))
        .withMessageContaining("schema id %d is of type 'string'", id);
  }

  @Test
  void anEnrichedRecordIsTheRecordWithOneMoreField() throws Exception {
    EventEncoder encoder = InstantiationUtil.clone(encoder("one"));

    GenericRecord record =
        read(encoder.encode(event(message("one-value", "hi"), Enriched.INTENT, Enriched.VECTOR)));

    assertThat(record.getSchema()).isEqualTo(EnrichedSchema.of(AvroSamples.MESSAGE));
    assertThat(record.get("id")).isEqualTo(7L);
    assertThat(record.get("body")).hasToString("hi");
    assertThat(record.get("enrichments"))
        .asString()
        .isEqualTo(List.of(Enriched.INTENT, Enriched.VECTOR).toString());
    assertThat(registry.schemas("one.enriched-value")).containsExactly(record.getSchema());
  }

  @Test
  void everyTypeOfAFieldStaysAsItIs() throws Exception {
    Schema schema = AvroSamples.EVERYTHING;
    GenericRecord everything = everything(schema, null);
    everything.put("child", everything(schema, null));

    GenericRecord record =
        read(
            encoder("all")
                .encode(event(value("all-value", schema, everything), Enriched.ENTITIES)));

    for (Schema.Field field : schema.getFields()) {
      if (!field.name().equals("child")) {
        assertThat(String.valueOf(record.get(field.name())))
            .as(field.name())
            .isEqualTo(String.valueOf(everything.get(field.name())));
      }
    }
    GenericRecord child = (GenericRecord) record.get("child");
    assertThat(child.get("text")).hasToString("caf\u00e9 \ud83d\ude80");
    assertThat(child.get("enrichments")).isNull();
    assertThat(record.get("enrichments")).asString().contains("Paris");
  }

  @Test
  void plainAvroGetsAHeaderAndASchemaToo() throws Exception {
    EventEncoder encoder =
        EventEncoder.registryFromAvro(
            AvroSamples.MESSAGE,
            SinkSubject.ofTopics(registry.options(), "plain", "plain.enriched"));

    GenericRecord record =
        read(
            encoder.encode(
                event(AvroSamples.write(AvroSamples.MESSAGE, datum("hi")), Enriched.INTENT)));

    assertThat(record.get("body")).hasToString("hi");
    assertThat(record.get("enrichments")).asString().contains("lost_card");
  }

  @Test
  void enrichmentsOfOtherNamesAreKeptInFrontOfOurs() throws Exception {
    Enrichment other =
        new Enrichment("other", "h", "t", "m", "", "f", 1, 1, Enriched.VECTOR.getResult());
    EventEncoder first = encoder("chain");
    byte[] once = first.encode(event(message("chain-value", "hi"), other, Enriched.INTENT));
    EventEncoder second = encoder("chain.enriched");

    byte[] twice = second.encode(event(once, Enriched.ENTITIES));

    assertThat(read(twice).get("enrichments"))
        .asString()
        .isEqualTo(List.of(other, Enriched.ENTITIES).toString());
    assertThat(second.encode(event(twice, Enriched.ENTITIES))).isEqualTo(twice);
  }

  @Test
  void encodingIsTheSameInEachSubtask() throws Exception {
    EnrichedEvent event = event(message("same-value", "hi"), Enriched.INTENT);

    assertThat(encoder("same").encode(event)).isEqualTo(encoder("same").encode(event));
  }

  @Test
  void aRecordThatHasSomethingElseInTheFieldIsRejected() {
    Schema schema =
        AvroSamples.schema(
            "{\"type\":\"record\",\"name\":\"R\",\"fields\":[{\"name\":\"enrichments\",\"type\":\"int\"}]}");
    int id = registry.register("taken-value", schema);

    assertThatExceptionOfType(RejectedException.class)
        .isThrownBy(() -> encoder("taken").encode(event(RegistryHeader.with(id, new byte[] {2}))))
        .extracting(RejectedException::reason)
        .isEqualTo(Reason.SCHEMA_CONFLICT);
    assertThat(registry.schemas("taken.enriched-value")).isEmpty();
  }

  @Test
  void aRecordBecomesAJsonObjectByItsOwnSchema() throws Exception {
    EventEncoder encoder =
        InstantiationUtil.clone(EventEncoder.jsonFromRegistry(registry.options()));

    assertThat(
            new String(encoder.encode(event(message("json-value", "hi"), Enriched.INTENT)), UTF_8))
        .isEqualTo(
            "{\"id\":7,\"body\":\"hi\",\"raw\":\"/w==\",\"enrichments\":[%s]}"
                .formatted(Enriched.INTENT_JSON));
  }

  private static EventDecoder decoder() {
    return EventDecoder.avroRegistry(registry.options(), BODY);
  }

  private static EventEncoder encoder(String topic) {
    return EventEncoder.registryFromRegistry(
        SinkSubject.ofTopics(registry.options(), topic, topic + ".enriched"));
  }

  private static List<String> texts(EventDecoder decoder, byte[] value) throws RejectedException {
    return decoder.texts(value).stream().map(TextField::text).toList();
  }

  private static Reason rejection(EventDecoder decoder, byte[] value) {
    return assertThatExceptionOfType(RejectedException.class)
        .isThrownBy(() -> decoder.texts(value))
        .actual()
        .reason();
  }

  private static EnrichedEvent event(byte[] value, Enrichment... enrichments) {
    return Enriched.event(value, enrichments);
  }

  private static byte[] message(String subject, String body) {
    return value(subject, AvroSamples.MESSAGE, datum(body));
  }

  private static GenericRecord datum(String body) {
    return new GenericRecordBuilder(AvroSamples.MESSAGE)
        .set("id", 7L)
        .set("body", body)
        .set("raw", ByteBuffer.wrap(new byte[] {(byte) 0xff}))
        .build();
  }

  private static byte[] value(String subject, Schema schema, GenericRecord record) {
    return RegistryHeader.with(
        registry.register(subject, schema), AvroSamples.write(schema, record));
  }

  private static GenericRecord everything(Schema schema, @Nullable GenericRecord child) {
    GenericRecord record = new GenericData.Record(schema);
    record.put("flag", true);
    record.put("count", -1);
    record.put("total", Long.MIN_VALUE);
    record.put("ratio", Float.NaN);
    record.put("exact", -0.0);
    record.put("text", "caf\u00e9 \ud83d\ude80");
    record.put("raw", ByteBuffer.wrap(new byte[] {0, -1}));
    record.put(
        "digest", new GenericData.Fixed(schema.getField("digest").schema(), new byte[] {1, 2}));
    record.put("state", new GenericData.EnumSymbol(schema.getField("state").schema(), "OLD"));
    record.put("maybe", null);
    record.put("list", List.of(1, 2, 3));
    record.put("tags", Map.of("a", "b"));
    record.put("day", 19_000);
    record.put("price", ByteBuffer.wrap(new byte[] {4}));
    record.put("child", child);
    return record;
  }

  /** Reads a value with the schema that its header names. */
  private static GenericRecord read(byte[] value) throws IOException, RejectedException {
    Schema schema = registry.schema(RegistryHeader.id(value));
    BinaryDecoder decoder =
        DecoderFactory.get()
            .binaryDecoder(value, RegistryHeader.BYTES, value.length - RegistryHeader.BYTES, null);
    GenericRecord record = new GenericDatumReader<GenericRecord>(schema).read(null, decoder);
    assertThat(decoder.isEnd()).isTrue();
    return record;
  }
}
