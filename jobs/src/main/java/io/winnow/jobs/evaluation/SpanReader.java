package io.winnow.jobs.evaluation;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Reads the spans of a line, and holds them against its text. */
final class SpanReader {
  private static final String UNIT = "; offsets count UTF-16 code units, as in Java and JavaScript";

  private final Fields fields;
  private final String text;

  SpanReader(Fields fields, String text) {
    this.fields = fields;
    this.text = text;
  }

  Set<Finding> spans() {
    String field = AnswerKind.SPANS.field();
    Set<Finding> spans = new LinkedHashSet<>();
    int index = 0;
    for (JsonNode span : fields.list(field)) {
      span(span, "%s[%d]".formatted(field, index++)).ifPresent(spans::add);
    }
    return spans;
  }

  private Optional<Finding> span(JsonNode span, String path) {
    Optional<String> label = fields.text(span, "label", path + ".label");
    OptionalInt start = fields.position(span, "start", path + ".start");
    OptionalInt end = fields.position(span, "end", path + ".end");
    if (label.isEmpty() || start.isEmpty() || end.isEmpty()) {
      return Optional.empty();
    }

    Finding finding = new Finding(label.get(), start.getAsInt(), end.getAsInt());
    Optional<String> problem = problem(finding, span.path("text"));
    problem.ifPresent(what -> fields.problem(path + what));
    return problem.isEmpty() ? Optional.of(finding) : Optional.empty();
  }

  private Optional<String> problem(Finding span, JsonNode told) {
    if (!span.isSpan()) {
      return Optional.of(
          ": expected an end behind the start, found %d to %d".formatted(span.start(), span.end()));
    }
    if (span.end() > text.length()) {
      return Optional.of(
          " ends at %d, but the text has %d characters".formatted(span.end(), text.length())
              + UNIT);
    }
    if (cutsCharacter(span.start()) || cutsCharacter(span.end())) {
      return Optional.of(
          " from %d to %d cuts a character in two".formatted(span.start(), span.end()) + UNIT);
    }
    String found = text.substring(span.start(), span.end());
    if (told.isTextual() && !told.textValue().equals(found)) {
      return Optional.of(
          " is '%s' by its offsets, but '%s' by its text".formatted(found, told.textValue())
              + UNIT);
    }
    return Optional.empty();
  }

  private boolean cutsCharacter(int position) {
    return position > 0
        && position < text.length()
        && Character.isSurrogatePair(text.charAt(position - 1), text.charAt(position));
  }
}
