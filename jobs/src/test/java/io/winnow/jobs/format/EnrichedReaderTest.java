package io.winnow.jobs.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.winnow.jobs.pipeline.Pipeline;
import io.winnow.jobs.registry.LocalRegistry;
import io.winnow.jobs.registry.SinkSubject;
import io.winnow.operators.config.ConfigurationException;
import io.winnow.operators.config.Substitution;
import io.winnow.operators.text.TextField;
import io.winnow.schemas.Classification;
import io.winnow.schemas.EnrichedEvent;
import io.winnow.schemas.Enrichment;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EnrichedReaderTest {
  private static final SourceOffset SOURCE = new SourceOffset("messages", 3, 41);
  private static final TextField BODY = new TextField("body", "I am in Paris");
  private static final String OBJECT = "{\"body\": \"I am in Paris\"}";
  private static final List<Enrichment> WRITTEN =
      List.of(Enriched.INTENT, Enriched.ENTITIES, Enriched.VECTOR);

  @TempDir Path folder;

  @Test
  void aJsonObjectTellsItsTextsAndWhatWasAdded() throws Exception {
    EnrichedEvent event = event(OBJECT);

    EnrichedRecord read = reader("json").read(record(EventEncoder.jsonFromJson().encode(event)));

    assertThat(read).isEqualTo(new EnrichedRecord(SOURCE, List.of(BODY), WRITTEN));
  }

  @Test
  void anEnvelopeTellsThePayloadAndTheSourceWithoutHeaders() throws Exception {
    EnrichedEvent event = event("I am in Paris");

    EnrichedRecord read = reader("text").read(without(EventEncoder.jsonFromText().encode(event)));

    assertThat(read)
        .isEqualTo(
            new EnrichedRecord(SOURCE, List.of(new TextField("", "I am in Paris")), WRITTEN));
  }

  @Test
  void avroTellsThePayloadAndTheSourceWithoutHeaders() throws Exception {
    EnrichedEvent event = event(OBJECT);

    EnrichedRecord read = reader("json").read(without(EventEncoder.avro().encode(event)));

    assertThat(read).isEqualTo(new EnrichedRecord(SOURCE, List.of(BODY), WRITTEN));
  }

  @Test
  void whatWasMadeOfAvroIsReadAsTheObjectThatItBecame() throws Exception {
    EnrichedEvent event = Enriched.event(message(), Enriched.INTENT);

    EnrichedRecord asJson =
        reader("avro").read(without(EventEncoder.jsonFromAvro(AvroSamples.MESSAGE).encode(event)));
    EnrichedRecord asAvro = reader("avro").read(without(EventEncoder.avro().encode(event)));

    assertThat(asJson).isEqualTo(asAvro);
    assertThat(asJson.texts()).containsExactly(BODY);
  }

  @Test
  void aRegistrysRecordIsReadWithItsSchema() throws Exception {
    try (LocalRegistry registry = LocalRegistry.start()) {
      SinkSubject subject = SinkSubject.ofTopics(registry.options(), "in", "out");
      byte[] value =
          EventEncoder.registryFromAvro(AvroSamples.MESSAGE, subject)
              .encode(Enriched.event(message(), Enriched.INTENT));
      String section = "schema-registry: {url: '%s'}\n".formatted(registry.options().urls().get(0));

      EnrichedRecord read = reader("avro-registry", section).read(record(value));

      assertThat(read)
          .isEqualTo(new EnrichedRecord(SOURCE, List.of(BODY), List.of(Enriched.INTENT)));
    }
  }

  @Test
  void theOwnersElementsAreLeftOutAndTheLastSourceIsOurs() throws Exception {
    String value =
        """
        {"enrichments":[7,{"name":"mine","labels":"some"},\
        {"name":"before","head":"h","fingerprint":"f","labels":[],\
        "source":{"topic":"raw","partition":0,"offset":1}},%s]}"""
            .formatted(Enriched.INTENT_JSON);

    EnrichedRecord read = reader("json").read(without(Records.bytes(value)));

    assertThat(read.source()).isEqualTo(SOURCE);
    assertThat(read.enrichments())
        .extracting(Enrichment::getName)
        .containsExactly("before", "support");
    assertThat(read.enrichments().get(0).getResult()).isEqualTo(new Classification(List.of()));
    assertThat(read.texts()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        " | tombstone",
        "'' | invalid-avro",
        "plain text | invalid-avro",
        "{ | invalid-json",
        "' [1]' | invalid-avro",
        "{\"body\":\"no more\"} | no-enrichments",
        "{\"enrichments\":3} | invalid-enrichments",
        "{\"enrichments\":[{\"name\":\"a\",\"head\":\"h\",\"fingerprint\":\"f\"}]} | invalid-enrichments",
        "{\"enrichments\":[{\"name\":\"a\",\"head\":\"h\",\"fingerprint\":\"f\",\"labels\":[{\"label\":\"x\"}]}]} | invalid-enrichments",
        "{\"enrichments\":[{\"name\":\"a\",\"head\":\"h\",\"fingerprint\":\"f\",\"labels\":[{\"label\":\"x\",\"score\":1},{\"label\":\"x\",\"score\":1}]}]} | invalid-enrichments",
        "{\"enrichments\":[{\"name\":\"a\",\"head\":\"h\",\"fingerprint\":\"f\",\"spans\":[{\"label\":\"x\",\"start\":4,\"end\":2,\"score\":1}]}]} | invalid-enrichments",
      })
  void whatIsNoEnrichedEventIsTold(@Nullable String value, String reason) throws Exception {
    byte[] bytes = value == null ? null : Records.bytes(value);

    assertThatExceptionOfType(UnreadableException.class)
        .isThrownBy(() -> reader("json").read(record(bytes)))
        .satisfies(e -> assertThat(e.reason()).isEqualTo(reason));
  }

  @Test
  void anEventThatTellsNoSourceIsUnreadable() throws Exception {
    assertThatExceptionOfType(UnreadableException.class)
        .isThrownBy(() -> reader("json").read(without(Records.bytes("{\"enrichments\":[]}"))))
        .satisfies(e -> assertThat(e.reason()).isEqualTo("no-source"));
  }

  @Test
  void aRegistrysHeaderNeedsARegistry() throws Exception {
    assertThatExceptionOfType(UnreadableException.class)
        .isThrownBy(() -> reader("json").read(record(new byte[] {0, 0, 0, 0, 1, 2})))
        .satisfies(e -> assertThat(e.reason()).isEqualTo("no-registry"));
  }

  private EnrichedReader reader(String format) throws Exception {
    return reader(format, "");
  }

  private EnrichedReader reader(String format, String more) throws Exception {
    Path schema = Files.writeString(folder.resolve("message.avsc"), AvroSamples.MESSAGE.toString());
    String source = format.equals("avro") ? "avro, schema: " + schema : format;
    String text = format.equals("text") ? "" : "text: body\n";
    return new EnrichedReader(pipeline(source, text + more));
  }

  private static Pipeline pipeline(String source, String more) throws ConfigurationException {
    return Pipeline.parse(
        "p.yaml",
        """
        name: support
        source: {bootstrap-servers: "localhost:9092", topic: messages, format: %s}
        enrichments: [{name: support, model: models/support}]
        sink: {topic: out}
        dead-letters: {topic: dead}
        %s"""
            .formatted(source, more),
        Substitution.none());
  }

  private static EnrichedEvent event(String payload) {
    return Enriched.event(payload, WRITTEN.toArray(Enrichment[]::new));
  }

  private static byte[] message() {
    Schema schema = AvroSamples.MESSAGE;
    GenericRecord record =
        new GenericRecordBuilder(schema)
            .set("id", 7L)
            .set("body", "I am in Paris")
            .set("raw", ByteBuffer.wrap(new byte[] {1}))
            .build();
    return AvroSamples.write(schema, record);
  }

  /** A record as the sink writes it. */
  private static SourceRecord record(byte @Nullable [] value) {
    return new SourceRecord(
        "out", 0, 9, 1L, null, OutputHeaders.enriched(Enriched.event("")), value);
  }

  private static SourceRecord without(byte[] value) {
    return new SourceRecord("out", 0, 9, 1L, null, List.of(), value);
  }
}
