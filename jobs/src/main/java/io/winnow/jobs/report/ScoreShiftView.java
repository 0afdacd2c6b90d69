package io.winnow.jobs.report;

import io.winnow.jobs.display.Figures;
import io.winnow.jobs.evaluation.ScoreShift;
import java.util.Optional;

/** How the scores of what both sides find differ, in words and as a bar. */
record ScoreShiftView(String words, ShareBar bar) {

  static Optional<ScoreShiftView> of(ScoreShift shift) {
    if (shift.count() == 0) {
      return Optional.empty();
    }
    String words =
        "Of %s that both sides have, the score of B less that of A is %s points in the mean, %s whether up or down."
            .formatted(
                Figures.count(shift.count(), "finding"),
                Figures.points(shift.mean()),
                Figures.points(shift.meanSize()).substring(1));
    return Optional.of(new ScoreShiftView(words, ShareBar.of(shift)));
  }
}
