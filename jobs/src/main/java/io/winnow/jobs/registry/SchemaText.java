package io.winnow.jobs.registry;

import com.fasterxml.jackson.databind.JsonNode;
import io.winnow.operators.text.Reason;
import io.winnow.operators.text.RejectedException;
import java.util.HashSet;
import java.util.Set;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;

/** Parses what a registry keeps of an Avro schema, with the schemas that it refers to. */
record SchemaText(RegistryClient client) {
  private static final String AVRO = "AVRO";

  /**
   * Returns the schema.
   *
   * @param place what it is, as a message names it
   * @throws RejectedException if it is no Avro schema, for the record that names it
   */
  Schema parse(JsonNode registered, String place) throws RejectedException {
    String type = registered.path("schemaType").asText(AVRO);
    if (!type.equals(AVRO)) {
      throw unusable(place, "has type " + type);
    }

    Schema.Parser parser = new Schema.Parser();
    parser.setValidateDefaults(false); // nothing that is read with it needs them
    try {
      parseReferences(registered, parser, new HashSet<>());
      return parser.parse(registered.path("schema").asText());
    } catch (AvroRuntimeException e) {
      throw unusable(place, "is none: " + e.getMessage());
    }
  }

  private void parseReferences(JsonNode registered, Schema.Parser parser, Set<String> seen)
      throws RejectedException {
    for (JsonNode reference : registered.path("references")) {
      String path =
          SchemaRegistry.versionPath(
              reference.path("subject").asText(), reference.path("version").asInt());
      if (seen.add(path)) {
        JsonNode referenced = referenced(path);
        parseReferences(referenced, parser, seen);
        parser.parse(referenced.path("schema").asText());
      }
    }
  }

  private JsonNode referenced(String path) throws RejectedException {
    Answer answer = client.get(path);
    if (answer.isNotFound()) {
      throw new RejectedException(
          Reason.UNKNOWN_SCHEMA,
          "Expected a schema whose references the registry knows, but it answers %s to %s; register it again"
              .formatted(answer.words(), path));
    }

    return SchemaRegistry.expected(answer, path);
  }

  private static RejectedException unusable(String place, String problem) {
    return new RejectedException(
        Reason.INVALID_AVRO,
        "Expected an Avro schema in the registry, but that of %s %s; check the producer"
            .formatted(place, problem));
  }
}
