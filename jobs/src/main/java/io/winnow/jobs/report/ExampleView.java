package io.winnow.jobs.report;

import static io.winnow.jobs.report.ExampleSide.marks;

import io.winnow.jobs.evaluation.Answer;
import io.winnow.jobs.evaluation.AnswerPair;
import io.winnow.jobs.evaluation.Finding;
import io.winnow.jobs.evaluation.Judgement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A text with what was said of it: spans in the text itself, labels below it.
 *
 * @param place where it stands, in words
 */
record ExampleView(String place, List<TextRow> rows, List<ChipLine> lines) {

  static ExampleView of(Judgement judgement) {
    Set<Finding> expected = judgement.expected();
    Answer answer = judgement.answer();
    Set<Finding> found = answer.findings();
    return of(
        judgement.place(),
        judgement.text(),
        List.of(
            ExampleSide.expected(marks(expected, found, Mark.RIGHT, Mark.MISSED), answer),
            ExampleSide.answer("found", marks(found, expected, Mark.RIGHT, Mark.WRONG), answer)));
  }

  static ExampleView of(AnswerPair pair) {
    List<ExampleSide> sides = new ArrayList<>();
    if (pair.expected().isPresent()) {
      Set<Finding> expected = pair.expected().get().findings();
      sides.add(
          ExampleSide.expected(
              marks(expected, expected, Mark.PLAIN, Mark.PLAIN), Answer.Labels.NONE));
      sides.add(side("A", pair.a(), expected, Mark.RIGHT, Mark.WRONG));
      sides.add(side("B", pair.b(), expected, Mark.RIGHT, Mark.WRONG));
    } else {
      sides.add(side("A", pair.a(), pair.b().findings(), Mark.SAME, Mark.ONLY));
      sides.add(side("B", pair.b(), pair.a().findings(), Mark.SAME, Mark.ONLY));
    }
    return of(pair.place(), pair.text(), sides);
  }

  private static ExampleSide side(
      String name, Answer answer, Set<Finding> reference, Mark shared, Mark alone) {
    return ExampleSide.answer(name, marks(answer.findings(), reference, shared, alone), answer);
  }

  private static ExampleView of(String place, String text, List<ExampleSide> sides) {
    boolean spans = sides.stream().anyMatch(ExampleSide::spans);
    List<TextRow> rows = new ArrayList<>();
    List<ChipLine> lines = new ArrayList<>();
    if (!spans) {
      rows.add(TextRow.of("", text, Map.of()));
    }
    for (ExampleSide side : sides) {
      if (spans && !side.isRejected()) {
        rows.add(TextRow.of(side.name(), text, side.marks()));
      } else {
        lines.add(side.line());
      }
    }
    return new ExampleView(place, rows, lines);
  }
}
