package io.winnow.jobs.registry;

import io.winnow.jobs.pipeline.RegistryOptions;
import io.winnow.operators.text.RejectedException;
import java.io.Serializable;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The subject of a sink, whose schemas are derived from those of the source.
 *
 * <p>It takes them in the order in which the source's subject did: where that removed a field, the
 * older schema is refused behind the newer one, but records of both lie side by side in a topic.
 *
 * @param source subject of the source
 * @param name of this subject
 */
public record SinkSubject(RegistryOptions options, String source, String name)
    implements Serializable {
  private static final Logger LOG = LoggerFactory.getLogger(SinkSubject.class);
  private static final int MAX_HISTORY = 100;

  /** Subjects as producers name them unless told otherwise. */
  public static SinkSubject ofTopics(RegistryOptions options, String source, String sink) {
    return new SinkSubject(options, source + "-value", sink + "-value");
  }

  /**
   * Returns the id of a derived schema, and registers it where it is not.
   *
   * @param writer what it is derived from
   * @param derivation derives it from other schemas; empty where that is not possible
   * @throws RegistryException if the registry refuses it, or does not answer
   */
  public int id(Schema writer, Schema derived, Function<Schema, Optional<Schema>> derivation) {
    SchemaRegistry registry = SchemaRegistry.of(options);
    synchronized (registry) { // of several subtasks the first registers, the others find it
      OptionalInt found = registry.find(name, derived);
      return found.isPresent() ? found.getAsInt() : register(registry, writer, derived, derivation);
    }
  }

  private int register(
      SchemaRegistry registry,
      Schema writer,
      Schema derived,
      Function<Schema, Optional<Schema>> derivation) {
    for (Schema earlier : history(registry, writer)) {
      derivation.apply(earlier).ifPresent(schema -> registerEarlier(registry, schema));
    }
    Answer answer = registry.register(name, derived);
    if (!answer.isOk()) {
      throw refused(answer);
    }

    LOG.info("Registered a schema under {}: {}", name, answer.body());
    return SchemaRegistry.id(answer.body());
  }

  /** A subject that does not take it may still take the next one. */
  private void registerEarlier(SchemaRegistry registry, Schema schema) {
    Answer answer = registry.register(name, schema);
    if (!answer.isOk()) {
      LOG.warn("No earlier schema was registered under {}: {}", name, answer.words());
    }
  }

  /**
   * Returns the schemas that led to {@code writer} in the source's subject, oldest first: back to
   * the first that has nothing to do with the next one, and none where producers name their
   * subjects otherwise.
   */
  private List<Schema> history(SchemaRegistry registry, Schema writer) {
    Deque<Schema> history = new ArrayDeque<>();
    Schema later = null;
    List<Integer> versions = registry.versions(source);
    Collections.reverse(versions);
    for (int version : versions) {
      Optional<Schema> schema = version(registry, version);
      if (later == null) {
        later = schema.filter(writer::equals).orElse(null);
      } else if (schema.isPresent()
          && history.size() < MAX_HISTORY
          && follows(later, schema.get())) {
        later = schema.get();
        history.addFirst(later);
      } else {
        break;
      }
    }

    return List.copyOf(history);
  }

  private Optional<Schema> version(SchemaRegistry registry, int version) {
    try {
      return Optional.of(registry.version(source, version));
    } catch (RejectedException e) {
      return Optional.empty();
    }
  }

  private static boolean follows(Schema later, Schema earlier) {
    return reads(later, earlier) || reads(earlier, later);
  }

  private static boolean reads(Schema reader, Schema writer) {
    return SchemaCompatibility.checkReaderWriterCompatibility(reader, writer).getType()
        == SchemaCompatibilityType.COMPATIBLE;
  }

  private RegistryException refused(Answer answer) {
    return new RegistryException(
        "Expected subject '%s' to take the input's schema with the enrichments, but the schema registry refuses it: %s; give the subject the compatibility of '%s', or write to a topic whose subject is new (sink.topic); nothing is lost, the job goes on from its last checkpoint"
            .formatted(name, answer.words(), source));
  }
}
