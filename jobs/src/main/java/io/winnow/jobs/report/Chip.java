package io.winnow.jobs.report;

import io.winnow.jobs.display.Figures;
import io.winnow.jobs.evaluation.Answer;
import io.winnow.jobs.evaluation.Finding;
import java.util.OptionalDouble;

/**
 * A label as a small sign.
 *
 * @param mark how it is to be seen
 * @param score score in words; empty where none is known
 */
record Chip(Mark mark, String label, String score) {

  static Chip of(Finding finding, Mark mark, Answer answer) {
    return new Chip(mark, PageText.of(finding.label()), score(finding, answer));
  }

  private static String score(Finding finding, Answer answer) {
    OptionalDouble score = answer.score(finding);
    return score.isPresent() ? Figures.percent(score.getAsDouble()) : "";
  }
}
