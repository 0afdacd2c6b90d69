package io.winnow.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class DocumentationTest {
  @ParameterizedTest
  @EnumSource
  void everyTypeAndFieldSaysWhatItIs(Contract contract) {
    docs(contract.current())
        .forEach((name, doc) -> assertThat(doc).as("doc of %s", name).isNotBlank().endsWith("."));
  }

  @Test
  void offsetsOfSpansNameTheirUnit() {
    Map<String, String> docs = docs(Contract.ENRICHED_EVENT.current());

    assertThat(docs.get("io.winnow.schemas.Span.start")).contains("UTF-16 code units");
    assertThat(docs.get("io.winnow.schemas.Span.end")).contains("UTF-16 code units");
  }

  @ParameterizedTest
  @EnumSource
  void positionsInTheSourceNameTheirUnit(Contract contract) {
    Map<String, String> docs = docs(contract.current());

    assertThat(docs.get("io.winnow.schemas.SourcePosition.offset")).contains("records");
    assertThat(docs.get("io.winnow.schemas.SourcePosition.timestamp")).contains("milliseconds");
  }

  private static Map<String, String> docs(Schema schema) {
    Map<String, String> docs = new LinkedHashMap<>();
    collect(schema, docs);
    return docs;
  }

  private static void collect(Schema schema, Map<String, String> docs) {
    switch (schema.getType()) {
      case RECORD -> collectRecord(schema, docs);
      case ENUM, FIXED -> docs.put(schema.getFullName(), schema.getDoc());
      case ARRAY -> collect(schema.getElementType(), docs);
      case MAP -> collect(schema.getValueType(), docs);
      case UNION -> schema.getTypes().forEach(type -> collect(type, docs));
      default -> {}
    }
  }

  private static void collectRecord(Schema schema, Map<String, String> docs) {
    if (docs.containsKey(schema.getFullName())) {
      return;
    }

    docs.put(schema.getFullName(), schema.getDoc());
    for (Schema.Field field : schema.getFields()) {
      docs.put(schema.getFullName() + "." + field.name(), field.doc());
      collect(field.schema(), docs);
    }
  }
}
