package io.winnow.jobs.report;

import io.winnow.jobs.display.Figures;
import io.winnow.jobs.evaluation.Finding;
import io.winnow.jobs.evaluation.ScoreChange;
import java.util.Map;

/** A text whose score differs much between the sides. */
record ScoreChangeRow(
    String place, String label, String a, String b, String difference, TextRow text) {

  static ScoreChangeRow of(ScoreChange change) {
    Finding finding = change.finding();
    return new ScoreChangeRow(
        change.place(),
        PageText.of(finding.label()),
        Figures.percent(change.a()),
        Figures.percent(change.b()),
        Figures.points(change.b() - change.a()),
        TextRow.of("", change.text(), finding.isSpan() ? Map.of(finding, Mark.PLAIN) : Map.of()));
  }
}
