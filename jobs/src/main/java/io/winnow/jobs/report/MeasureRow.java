package io.winnow.jobs.report;

import io.winnow.jobs.display.Figures;
import io.winnow.jobs.evaluation.AnswerKind;
import io.winnow.jobs.evaluation.Contest;
import io.winnow.jobs.evaluation.HeadComparison;
import io.winnow.jobs.evaluation.Scores;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** One measure of both sides. */
record MeasureRow(String name, String a, String b, String difference) {

  /**
   * Returns measures of quality where the right answers are known, and of speed where it was timed.
   */
  static List<MeasureRow> of(HeadComparison compared) {
    List<MeasureRow> rows = new ArrayList<>();
    compared.comparison().contest().ifPresent(contest -> add(rows, contest));
    if (compared.speedOfA().isKnown() && compared.speedOfB().isKnown()) {
      double a = compared.speedOfA().tokensPerSecond();
      double b = compared.speedOfB().tokensPerSecond();
      rows.add(
          new MeasureRow(
              "Speed, tokens/s on one thread",
              Figures.rate(a),
              Figures.rate(b),
              "%s %%".formatted(Figures.points(b / a - 1))));
    }
    return rows;
  }

  private static void add(List<MeasureRow> rows, Contest contest) {
    if (contest.a().target().kind() == AnswerKind.SPANS) {
      rows.add(of("Span F1", contest, scores -> scores.labels().microF1()));
    } else {
      rows.add(of("Accuracy", contest, Scores::accuracy));
      rows.add(of("Micro F1", contest, scores -> scores.labels().microF1()));
    }
    rows.add(of("Macro F1", contest, scores -> scores.labels().macroF1()));
    if (contest.a().calibration().isPresent() && contest.b().calibration().isPresent()) {
      rows.add(
          of(
              "Calibration error",
              contest,
              scores -> scores.calibration().map(c -> c.error()).orElse(0.0)));
    }
    if (contest.a().rejection().isPresent() && contest.b().rejection().isPresent()) {
      String label = contest.a().rejection().get().label();
      rows.add(
          of(
              "Recall of " + PageText.of(label),
              contest,
              scores -> scores.rejection().map(r -> r.recall()).orElse(0.0)));
    }
  }

  private static MeasureRow of(String name, Contest contest, ToDoubleFunction<Scores> measure) {
    double a = measure.applyAsDouble(contest.a());
    double b = measure.applyAsDouble(contest.b());
    return new MeasureRow(name, Figures.percent(a), Figures.percent(b), Figures.points(b - a));
  }
}
