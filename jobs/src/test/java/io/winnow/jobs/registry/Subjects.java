package io.winnow.jobs.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.apache.avro.SchemaCompatibility.SchemaPairCompatibility;
import org.jspecify.annotations.Nullable;

/** What a registry knows; each new version of a subject must read what its last one wrote. */
final class Subjects {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private final List<ObjectNode> schemas = new ArrayList<>(); // by id, from 1 on
  private final Map<String, List<Integer>> versions = new LinkedHashMap<>();

  private boolean compatible = true;

  synchronized void setCompatible(boolean asked) {
    this.compatible = asked;
  }

  synchronized Answer answer(String[] path, JsonNode body) {
    String shape = path[0] + "/" + path.length + (body.isMissingNode() ? "" : "+");
    return switch (shape) {
      case "schemas/2" -> ok(NODES.arrayNode().add("JSON").add("PROTOBUF").add("AVRO"));
      case "schemas/3" -> byId(Integer.parseInt(path[2]));
      case "subjects/2+" -> find(path[1], body.path("schema").asText());
      case "subjects/3" -> versions(path[1]);
      case "subjects/3+" -> add(path[1], body.path("schema").asText(), body);
      case "subjects/4" -> version(path[1], Integer.parseInt(path[3]));
      default -> error(404, 404, "HTTP 404 Not Found");
    };
  }

  synchronized Answer byId(int id) {
    return id < 1 || id > schemas.size()
        ? error(404, 40403, "Schema %d not found".formatted(id))
        : ok(schemas.get(id - 1));
  }

  synchronized Answer add(String subject, String text, JsonNode request) {
    List<Integer> known = versions.computeIfAbsent(subject, name -> new ArrayList<>());
    int id = id(text, request);
    if (!known.contains(id)) {
      SchemaPairCompatibility compatibility = compatibility(known, text);
      if (compatibility != null && compatibility.getType() != SchemaCompatibilityType.COMPATIBLE) {
        return error(
            409,
            409,
            "Schema being registered is incompatible with an earlier schema for subject \"%s\", details: %s"
                .formatted(subject, compatibility.getResult().getIncompatibilities()));
      }

      known.add(id);
    }

    return ok(NODES.objectNode().put("id", id));
  }

  synchronized List<Schema> schemas(String subject) {
    return versions.getOrDefault(subject, List.of()).stream()
        .map(id -> new Schema.Parser().parse(schemas.get(id - 1).path("schema").asText()))
        .toList();
  }

  private int id(String text, JsonNode request) {
    for (int i = 0; i < schemas.size(); i++) {
      if (schemas.get(i).path("schema").asText().equals(text)) {
        return i + 1;
      }
    }

    ObjectNode schema = NODES.objectNode().put("schema", text);
    if (request.has("schemaType")) {
      schema.set("schemaType", request.path("schemaType"));
    }
    if (request.has("references")) {
      schema.set("references", request.path("references"));
    }
    schemas.add(schema);
    return schemas.size();
  }

  private @Nullable SchemaPairCompatibility compatibility(List<Integer> known, String text) {
    if (!compatible || known.isEmpty()) {
      return null;
    }

    JsonNode last = schemas.get(known.get(known.size() - 1) - 1);
    return SchemaCompatibility.checkReaderWriterCompatibility(
        new Schema.Parser().parse(text), new Schema.Parser().parse(last.path("schema").asText()));
  }

  private Answer find(String subject, String text) {
    if (!versions.containsKey(subject)) {
      return error(404, 40401, "Subject '%s' not found.".formatted(subject));
    }

    for (int id : versions.get(subject)) {
      if (schemas.get(id - 1).path("schema").asText().equals(text)) {
        return ok(NODES.objectNode().put("id", id));
      }
    }

    return error(404, 40403, "Schema not found");
  }

  private Answer versions(String subject) {
    if (!versions.containsKey(subject)) {
      return error(404, 40401, "Subject '%s' not found.".formatted(subject));
    }

    ArrayNode numbers = NODES.arrayNode();
    for (int i = 1; i <= versions.get(subject).size(); i++) {
      numbers.add(i);
    }
    return ok(numbers);
  }

  private Answer version(String subject, int version) {
    List<Integer> known = versions.getOrDefault(subject, List.of());
    return version < 1 || version > known.size()
        ? error(404, 40402, "Version %d not found.".formatted(version))
        : byId(known.get(version - 1));
  }

  private static Answer ok(JsonNode body) {
    return new Answer(200, body);
  }

  static Answer error(int status, int code, String message) {
    return new Answer(status, NODES.objectNode().put("error_code", code).put("message", message));
  }
}
