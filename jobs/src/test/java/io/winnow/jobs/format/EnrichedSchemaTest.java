package io.winnow.jobs.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.winnow.operators.text.Reason;
import io.winnow.operators.text.RejectedException;
import io.winnow.schemas.EnrichedEvent;
import io.winnow.schemas.Enrichment;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class EnrichedSchemaTest {
  private static final String ENRICHMENT =
      Enrichment.getClassSchema()
          .toString()
          .replace("{\"type\":\"string\",\"avro.java.string\":\"String\"}", "\"string\"");

  @Test
  void aRecordGetsOneMoreOptionalField() throws RejectedException {
    Schema derived = EnrichedSchema.of(AvroSamples.MESSAGE);

    assertThat(derived.getFullName()).isEqualTo("shop.Message");
    assertThat(names(derived)).containsExactly("id", "body", "raw", "enrichments");
    Schema.Field field = derived.getField("enrichments");
    assertThat(field.schema().getTypes().get(0).getType()).isEqualTo(Schema.Type.NULL);
    assertThat(field.schema().getTypes().get(1).getElementType().toString())
        .isEqualTo(ENRICHMENT)
        .doesNotContain("java");
    assertThat(field.hasDefaultValue()).isTrue();
    assertThat(reads(derived, AvroSamples.MESSAGE)).isTrue();
    assertThat(reads(AvroSamples.MESSAGE, derived)).isTrue();
  }

  @Test
  void whatElseARecordSaysOfItselfStays() throws RejectedException {
    Schema schema =
        AvroSamples.schema(
            """
            {"type":"record","name":"R","namespace":"a.b","doc":"Of R.","aliases":["Old"],"owner":"team",
             "fields":[{"name":"f","type":{"type":"int","logicalType":"date"},"doc":"Of f.","default":1,
                        "order":"ignore","aliases":["g"],"pii":true}]}""");

    assertThat(EnrichedSchema.of(schema).toString())
        .startsWith(
            "{\"type\":\"record\",\"name\":\"R\",\"namespace\":\"a.b\",\"doc\":\"Of R.\",\"fields\":["
                + "{\"name\":\"f\",\"type\":{\"type\":\"int\",\"logicalType\":\"date\"},\"doc\":\"Of"
                + " f.\",\"default\":1,\"order\":\"ignore\",\"aliases\":[\"g\"],\"pii\":true},")
        .endsWith("\"owner\":\"team\",\"aliases\":[\"Old\"]}");
  }

  @Test
  void aRecordThatHoldsItselfHoldsWhatIsDerived() throws RejectedException {
    Schema derived = EnrichedSchema.of(AvroSamples.EVERYTHING);

    assertThat(derived.getField("child").schema().getTypes().get(1)).isSameAs(derived);
  }

  @Test
  void derivingAgainChangesNothing() throws RejectedException {
    Schema once = EnrichedSchema.of(AvroSamples.MESSAGE);

    assertThat(EnrichedSchema.of(once).toString()).isEqualTo(once.toString());
    assertThat(EnrichedSchema.of(AvroSamples.MESSAGE).toString()).isEqualTo(once.toString());
  }

  @Test
  void anOlderFieldOfOursBecomesTheCurrentOneWhereItStands() throws RejectedException {
    String older =
        """
        {"type":"record","name":"Enrichment","namespace":"io.winnow.schemas","fields":[
          {"name":"name","type":"string"},{"name":"head","type":"string"},
          {"name":"task","type":"string"},{"name":"model","type":"string"},
          {"name":"modelVersion","type":"string"},{"name":"fingerprint","type":"string"},
          {"name":"tokens","type":"int"},{"name":"tokensRead","type":"int"},
          {"name":"result","type":[{"type":"record","name":"Classification","fields":[
            {"name":"labels","type":{"type":"array","items":{"type":"record","name":"ScoredLabel",
              "fields":[{"name":"label","type":"string"},{"name":"score","type":"float"}]}}}]}]}]}""";
    Schema schema =
        AvroSamples.schema(
            """
            {"type":"record","name":"R","fields":[
              {"name":"enrichments","type":["null",{"type":"array","items":%s}]},
              {"name":"f","type":"string"}]}"""
                .formatted(older));

    Schema derived = EnrichedSchema.of(schema);

    assertThat(names(derived)).containsExactly("enrichments", "f");
    assertThat(
            derived.getField("enrichments").schema().getTypes().get(1).getElementType().toString())
        .isEqualTo(ENRICHMENT);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"int\"",
        "[\"null\",\"string\"]",
        "{\"type\":\"array\",\"items\":\"string\"}",
        "{\"type\":\"array\",\"items\":{\"type\":\"record\",\"name\":\"Enrichment\",\"fields\":[]}}",
      })
  void aFieldOfThatNameWithSomethingElseIsAConflict(String type) {
    Schema schema =
        AvroSamples.schema(
            "{\"type\":\"record\",\"name\":\"R\",\"fields\":[{\"name\":\"enrichments\",\"type\":%s}]}"
                .formatted(type));

    assertThatExceptionOfType(RejectedException.class)
        .isThrownBy(() -> EnrichedSchema.of(schema))
        .withMessage(
            "Expected a record that takes the field 'enrichments', but schema 'R' has a field"
                + " 'enrichments' with something else in it; rename it, or take json or avro as"
                + " sink.format")
        .extracting(RejectedException::reason)
        .isEqualTo(Reason.SCHEMA_CONFLICT);
    assertThat(EnrichedSchema.tryOf(schema)).isEmpty();
  }

  @Test
  void aTypeThatIsOursButOtherwiseIsAConflict() {
    Schema schema =
        AvroSamples.schema(
            """
            {"type":"record","name":"R","fields":[{"name":"f","type":{
              "type":"record","name":"Span","namespace":"io.winnow.schemas","fields":[]}}]}""");

    assertThatExceptionOfType(RejectedException.class)
        .isThrownBy(() -> EnrichedSchema.of(schema))
        .withMessageContaining("Can't redefine: io.winnow.schemas.Span");
  }

  @Test
  void ourOwnEnvelopeTakesItsEnrichmentsAsTheyAre() throws RejectedException {
    assertThat(names(EnrichedSchema.of(EnrichedEvent.getClassSchema())))
        .isEqualTo(names(EnrichedEvent.getClassSchema()));
  }

  private static List<String> names(Schema schema) {
    return schema.getFields().stream().map(Schema.Field::name).toList();
  }

  private static boolean reads(Schema reader, Schema writer) {
    return SchemaCompatibility.checkReaderWriterCompatibility(reader, writer).getType()
        == SchemaCompatibilityType.COMPATIBLE;
  }
}
