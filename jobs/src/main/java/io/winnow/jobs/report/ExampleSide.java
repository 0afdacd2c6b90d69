package io.winnow.jobs.report;

import io.winnow.jobs.evaluation.Answer;
import io.winnow.jobs.evaluation.Finding;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What one side says of a text: what is expected, or an answer.
 *
 * @param scores answer that knows the scores; a rejected one knows none
 * @param spans whether labels belong into the text
 * @param rejection why there is no answer; empty where there is one
 */
record ExampleSide(
    String name, Map<Finding, Mark> marks, Answer scores, boolean spans, String rejection) {

  static ExampleSide expected(Map<Finding, Mark> marks, Answer scores) {
    boolean spans = marks.keySet().stream().anyMatch(Finding::isSpan);
    return new ExampleSide("expected", marks, scores, spans, "");
  }

  static ExampleSide answer(String name, Map<Finding, Mark> marks, Answer answer) {
    String rejection = answer instanceof Answer.Rejected rejected ? rejected.reason() : "";
    return new ExampleSide(name, marks, answer, answer instanceof Answer.Spans, rejection);
  }

  /** Marks findings by whether a reference has them, too. */
  static Map<Finding, Mark> marks(
      Set<Finding> findings, Set<Finding> reference, Mark shared, Mark alone) {
    Map<Finding, Mark> marks = new LinkedHashMap<>();
    findings.forEach(finding -> marks.put(finding, reference.contains(finding) ? shared : alone));
    return marks;
  }

  boolean isRejected() {
    return !rejection.isEmpty();
  }

  ChipLine line() {
    if (isRejected()) {
      return new ChipLine(name, List.of(), "rejected: " + rejection);
    }
    List<Chip> chips =
        marks.entrySet().stream()
            .map(entry -> Chip.of(entry.getKey(), entry.getValue(), scores))
            .toList();
    return new ChipLine(name, chips, chips.isEmpty() ? "nothing" : "");
  }
}
