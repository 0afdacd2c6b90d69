package io.winnow.jobs.registry;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.winnow.jobs.pipeline.RegistryOptions;
import io.winnow.operators.text.Reason;
import io.winnow.operators.text.RejectedException;
import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;

/**
 * A schema registry as a job sees it. What an id stands for is asked once, as it never changes.
 * Thread-safe.
 */
public final class SchemaRegistry {
  private static final int MAX_KEPT = 1_000; // then it asks anew
  private static final Map<RegistryOptions, SchemaRegistry> OF_PROCESS = new ConcurrentHashMap<>();

  private final RegistryClient client;
  private final SchemaText texts;
  private final Map<Integer, Schema> schemas = new ConcurrentHashMap<>();
  private final UnusableSchemas unusable = new UnusableSchemas();

  SchemaRegistry(RegistryClient client) {
    this.client = client;
    this.texts = new SchemaText(client);
  }

  /** Returns the one that all subtasks of this process share. */
  public static SchemaRegistry of(RegistryOptions options) {
    return OF_PROCESS.computeIfAbsent(
        options, asked -> new SchemaRegistry(new RegistryClient(asked, Backoff.DEFAULT)));
  }

  /**
   * Returns the Avro schema of an id.
   *
   * @throws RejectedException if there is none, for the record that names it
   * @throws RegistryException if the registry does not tell
   */
  public Schema schema(int id) throws RejectedException {
    Schema kept = schemas.get(id);
    if (kept != null) {
      return kept;
    }

    unusable.throwIfKnown(id, System.nanoTime());
    try {
      Schema schema = ask(id);
      if (schemas.size() >= MAX_KEPT) {
        schemas.clear();
      }
      schemas.put(id, schema);
      return schema;
    } catch (RejectedException e) {
      unusable.add(id, e, System.nanoTime());
      throw e;
    }
  }

  private Schema ask(int id) throws RejectedException {
    String place = "schema id " + id;
    Answer answer = client.get("/schemas/ids/" + id);
    if (answer.isNotFound()) {
      throw new RejectedException(
          Reason.UNKNOWN_SCHEMA,
          "Expected a schema that the registry knows, but it answers %s to %s; check that the producer uses the registry under 'schema-registry'"
              .formatted(answer.words(), place));
    }

    return texts.parse(expected(answer, place), place);
  }

  /** Returns the versions of a subject, oldest first; none where there is no such subject. */
  List<Integer> versions(String subject) {
    String path = subjectPath(subject) + "/versions";
    Answer answer = client.get(path);
    List<Integer> versions = new ArrayList<>();
    if (!answer.isNotFound()) {
      expected(answer, path).forEach(version -> versions.add(version.asInt()));
    }

    return versions;
  }

  Schema version(String subject, int version) throws RejectedException {
    String path = versionPath(subject, version);
    return texts.parse(expected(client.get(path), path), path);
  }

  /** Returns the id of a schema that is registered under a subject. */
  OptionalInt find(String subject, Schema schema) {
    Answer answer = client.post(subjectPath(subject), body(schema));
    return answer.isNotFound()
        ? OptionalInt.empty()
        : OptionalInt.of(id(expected(answer, subject)));
  }

  /** Returns the answer to a new version of a subject, which may refuse it. */
  Answer register(String subject, Schema schema) {
    return client.post(subjectPath(subject) + "/versions", body(schema));
  }

  static int id(JsonNode registered) {
    return registered.path("id").asInt();
  }

  static JsonNode expected(Answer answer, String place) {
    if (!answer.isOk()) {
      throw new RegistryException(
          "Expected an answer of the schema registry to %s, but found %s; check url under 'schema-registry'"
              .formatted(place, answer.words()));
    }

    return answer.body();
  }

  static String versionPath(String subject, int version) {
    return "%s/versions/%d".formatted(subjectPath(subject), version);
  }

  private static String subjectPath(String subject) {
    return "/subjects/" + URLEncoder.encode(subject, UTF_8).replace("+", "%20");
  }

  private static JsonNode body(Schema schema) {
    return JsonNodeFactory.instance.objectNode().put("schema", schema.toString());
  }
}
