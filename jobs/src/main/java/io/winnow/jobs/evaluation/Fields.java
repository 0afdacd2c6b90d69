package io.winnow.jobs.evaluation;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** The fields of one line; what is wrong with them goes to the problems of the file. */
final class Fields {
  private final int line;
  private final JsonNode object;
  private final LineProblems problems;
  private boolean faulty;

  Fields(int line, JsonNode object, LineProblems problems) {
    this.line = line;
    this.object = object;
    this.problems = problems;
  }

  JsonNode object() {
    return object;
  }

  boolean faulty() {
    return faulty;
  }

  void problem(String what) {
    this.faulty = true;
    problems.add(line, what);
  }

  Stream<String> names() {
    Iterable<String> names = object::fieldNames;
    return StreamSupport.stream(names.spliterator(), false);
  }

  /** Returns a field's string. */
  Optional<String> text(JsonNode parent, String field, String path) {
    return text(parent.path(field), path);
  }

  Optional<String> text(JsonNode value, String path) {
    if (value.isTextual()) {
      return Optional.of(value.textValue());
    }

    problem("expected a string at %s, found %s".formatted(path, form(value)));
    return Optional.empty();
  }

  OptionalInt position(JsonNode parent, String field, String path) {
    JsonNode value = parent.path(field);
    if (value.isIntegralNumber() && value.canConvertToInt() && value.intValue() >= 0) {
      return OptionalInt.of(value.intValue());
    }

    String found = value.isNumber() ? value.asText() : form(value);
    problem("expected a whole number from 0 at %s, found %s".formatted(path, found));
    return OptionalInt.empty();
  }

  /** Returns the elements of a field; none where it is no list. */
  Iterable<JsonNode> list(String field) {
    JsonNode list = object.path(field);
    if (!list.isArray()) {
      problem("expected a list at %s, found %s".formatted(field, form(list)));
    }
    return list.isArray() ? list : List.of();
  }

  private static String form(JsonNode value) {
    return switch (value.getNodeType()) {
      case MISSING -> "nothing";
      case NULL -> "null";
      case ARRAY -> "a list";
      case OBJECT -> "an object";
      default -> "a " + value.getNodeType().name().toLowerCase(Locale.ROOT);
    };
  }
}
