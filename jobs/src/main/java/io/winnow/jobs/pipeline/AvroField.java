package io.winnow.jobs.pipeline;

import java.util.List;
import java.util.Optional;
import org.apache.avro.Schema;

/** Follows a field path through an Avro schema. */
final class AvroField {
  private AvroField() {}

  /**
   * Returns what is wrong with the path in words of the schema; empty where it ends in a string.
   */
  static Optional<String> problem(Schema record, TextPath path) {
    Schema schema = record;
    String place = "the event";
    for (String segment : path.segments()) {
      if (schema.getType() != Schema.Type.RECORD) {
        return Optional.of(
            "expected a record with fields, but %s is %s".formatted(place, name(schema)));
      }

      Schema.Field field = schema.getField(segment);
      if (field == null) {
        return Optional.of(
            "expected a field of the schema, but record %s has only %s"
                .formatted(schema.getFullName(), names(schema)));
      }

      place = "field %s of record %s".formatted(field.name(), schema.getFullName());
      schema = withoutNull(field.schema());
    }

    return schema.getType() == Schema.Type.STRING
        ? Optional.empty()
        : Optional.of("expected a string, but %s is %s".formatted(place, name(schema)));
  }

  /** Returns the other branch of a union of null and one type. */
  private static Schema withoutNull(Schema schema) {
    if (!schema.isUnion()) {
      return schema;
    }

    List<Schema> others = schema.getTypes().stream().filter(branch -> !isNull(branch)).toList();
    return others.size() == 1 ? others.get(0) : schema;
  }

  private static boolean isNull(Schema schema) {
    return schema.getType() == Schema.Type.NULL;
  }

  private static String name(Schema schema) {
    return "of type " + schema.getType().getName();
  }

  private static List<String> names(Schema record) {
    return record.getFields().stream().map(Schema.Field::name).toList();
  }
}
