package io.winnow.jobs.display;

import static org.assertj.core.api.Assertions.assertThat;

import io.winnow.jobs.evaluation.AnswerKind;
import io.winnow.jobs.evaluation.Contest;
import io.winnow.jobs.evaluation.Interval;
import io.winnow.jobs.evaluation.Scores;
import io.winnow.jobs.evaluation.Target;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class VerdictTest {
  @Test
  void ofSingleLabelsTheTextsDecide() {
    assertThat(Verdict.of(contest(AnswerKind.LABEL, 9, 1, 0.021, -1, 1)))
        .isEqualTo("A is better, by more than chance makes likely (p = 0.021, exact McNemar test)");
    assertThat(Verdict.of(contest(AnswerKind.LABEL, 1, 9, 0.021, -1, 1))).startsWith("B is better");
    assertThat(Verdict.of(contest(AnswerKind.LABEL, 30, 46, 0.085, 0.1, 1)))
        .isEqualTo(
            "Too close to tell: chance alone often makes such a difference (p = 0.085, exact McNemar test)");
    assertThat(Verdict.of(contest(AnswerKind.LABEL, 5, 5, 1, -1, 1)))
        .isEqualTo("A and B have equally many texts right");
  }

  @Test
  void elsewhereTheIntervalOfTheDifferenceDecides() {
    assertThat(Verdict.of(contest(AnswerKind.SPANS, 1, 9, 1, 0.004, 0.021)))
        .isEqualTo("B is better (95 % interval of the difference in F1: +0.4 to +2.1 points)");
    assertThat(Verdict.of(contest(AnswerKind.LABELS, 9, 1, 1, -0.021, -0.004)))
        .startsWith("A is better");
    assertThat(Verdict.of(contest(AnswerKind.LABELS, 9, 1, 0.01, -0.021, 0.004)))
        .startsWith("Too close to tell");
  }

  private static Contest contest(
      AnswerKind kind, int onlyA, int onlyB, double pValue, double low, double high) {
    Target target = new Target("head", kind, List.of("x"));
    Scores scores = Scores.of(target, List.of(), Optional.empty());
    return new Contest(scores, scores, 0, onlyA, onlyB, 0, pValue, new Interval(low, high));
  }
}
