package io.winnow.jobs.format;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.winnow.operators.text.Reason;
import io.winnow.operators.text.RejectedException;
import io.winnow.schemas.Enrichment;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;

/** The schema of a record with one more, optional field: its enrichments. */
final class EnrichedSchema {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Without what only the Java classes made of it want to know. */
  private static final String ENRICHMENT =
      Enrichment.getClassSchema()
          .toString()
          .replace("{\"type\":\"string\",\"avro.java.string\":\"String\"}", "\"string\"");

  /** As JSON, since a type that refers to itself then refers to what is derived of it. */
  private static final String FIELD =
      """
      {"name": "%s", "doc": "What models say of the text; null where none was asked.",
       "type": ["null", {"type": "array", "items": %s}], "default": null}"""
          .formatted(JsonSplice.FIELD, ENRICHMENT);

  private EnrichedSchema() {}

  /**
   * Derives the schema of a record; a field with our enrichments stays where it is.
   *
   * @throws RejectedException if the record has something else in that field, or is of a type that
   *     is ours already
   */
  static Schema of(Schema writer) throws RejectedException {
    Schema.Field existing = writer.getField(JsonSplice.FIELD);
    try {
      ObjectNode record = (ObjectNode) JSON.readTree(writer.toString());
      ArrayNode fields = record.withArray("fields");
      JsonNode field = JSON.readTree(FIELD);
      if (existing == null) {
        fields.add(field);
      } else if (reads(parse(field.path("type")), existing.schema())) {
        fields.set(existing.pos(), field);
      } else {
        throw conflict(writer, "has a field 'enrichments' with something else in it");
      }

      return parse(record);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("A schema cannot fail to be read as JSON", e);
    } catch (AvroRuntimeException e) {
      throw conflict(writer, "does not take the field 'enrichments': " + e.getMessage());
    }
  }

  /** Derives the schema; empty where that is not possible. */
  static Optional<Schema> tryOf(Schema writer) {
    try {
      return Optional.of(of(writer));
    } catch (RejectedException e) {
      return Optional.empty();
    }
  }

  private static Schema parse(JsonNode schema) {
    Schema.Parser parser = new Schema.Parser();
    parser.setValidateDefaults(false); // the input's are not ours to judge
    return parser.parse(schema.toString());
  }

  private static boolean reads(Schema reader, Schema writer) {
    return SchemaCompatibility.checkReaderWriterCompatibility(reader, writer).getType()
        == SchemaCompatibilityType.COMPATIBLE;
  }

  private static RejectedException conflict(Schema writer, String problem) {
    return new RejectedException(
        Reason.SCHEMA_CONFLICT,
        "Expected a record that takes the field 'enrichments', but schema '%s' %s; rename it, or take json or avro as sink.format"
            .formatted(writer.getFullName(), problem));
  }
}
