package io.winnow.jobs.evaluation;

import com.fasterxml.jackson.databind.JsonNode;
import io.winnow.jobs.format.JsonReader;
import io.winnow.operators.config.Nearest;
import io.winnow.operators.text.RejectedException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Reads the lines of a data set. Fields that it does not know are somebody else's; what is wrong
 * with a line goes to the problems.
 */
final class ExampleReader {
  private static final String TEXT = "text";
  private static final String HEAD = "head";

  private final Unlabelled unlabelled;
  private final LineProblems problems;

  ExampleReader(Unlabelled unlabelled, LineProblems problems) {
    this.unlabelled = unlabelled;
    this.problems = problems;
  }

  /** Returns what a line says; empty, with its problems noted, where that makes no sense. */
  Optional<Example> read(int line, byte[] json) {
    try {
      JsonNode object = JsonReader.readObject(json);
      Fields fields = new Fields(line, object, problems);
      Optional<String> text = fields.text(object, TEXT, TEXT);
      Optional<String> head = object.has(HEAD) ? fields.text(object, HEAD, HEAD) : Optional.empty();
      if (text.isEmpty()) { // spans would seem to lie outside of it
        return Optional.empty();
      }
      Optional<Expected> expected = expected(fields, text.get());
      return fields.faulty()
          ? Optional.empty()
          : Optional.of(new Example(line, text.get(), head, expected));
    } catch (RejectedException e) {
      problems.add(line, e.getMessage().replace(" at line 1, column", " at column"));
      return Optional.empty();
    }
  }

  private Optional<Expected> expected(Fields fields, String text) {
    List<AnswerKind> kinds =
        Stream.of(AnswerKind.values()).filter(k -> fields.object().has(k.field())).toList();
    if (kinds.size() > 1) {
      fields.problem(
          "expected one of label, labels and spans, found %s; write a line for each, with its head"
              .formatted(kinds.stream().map(AnswerKind::field).collect(Collectors.joining(", "))));
      return Optional.empty();
    }
    if (kinds.isEmpty()) {
      if (unlabelled == Unlabelled.REFUSED) {
        fields.problem("expected label, labels or spans, found none of them" + misspelt(fields));
      }
      return Optional.empty();
    }
    AnswerKind kind = kinds.get(0);
    Set<Finding> findings =
        switch (kind) {
          case LABEL ->
              fields
                  .text(fields.object(), kind.field(), kind.field())
                  .map(label -> Set.of(Finding.ofText(label)))
                  .orElse(Set.of());
          case LABELS -> labels(fields);
          case SPANS -> new SpanReader(fields, text).spans();
        };
    return Optional.of(new Expected(kind, findings));
  }

  /** Returns a hint where a field that nobody knows looks like one of those that are missing. */
  private static String misspelt(Fields fields) {
    List<String> known = Stream.of(AnswerKind.values()).map(AnswerKind::field).toList();
    return fields
        .names()
        .filter(name -> !name.equals(TEXT) && !name.equals(HEAD))
        .map(name -> Nearest.hint(name, known))
        .filter(hint -> !hint.isEmpty())
        .findFirst()
        .orElse("");
  }

  private static Set<Finding> labels(Fields fields) {
    String field = AnswerKind.LABELS.field();
    Set<Finding> findings = new LinkedHashSet<>();
    int index = 0;
    for (JsonNode label : fields.list(field)) {
      fields
          .text(label, "%s[%d]".formatted(field, index++))
          .map(Finding::ofText)
          .ifPresent(findings::add);
    }
    return findings;
  }
}
