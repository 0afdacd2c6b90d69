package io.winnow.jobs.report;

import io.winnow.jobs.display.ContestRow;
import io.winnow.jobs.display.Figures;
import io.winnow.jobs.evaluation.HeadComparison;
import java.util.ArrayList;
import java.util.List;

/** One measure of both sides. */
record MeasureRow(String name, String a, String b, String difference) {

  /**
   * Returns measures of quality where the right answers are known, and of speed where it was timed.
   */
  static List<MeasureRow> of(HeadComparison compared) {
    List<MeasureRow> rows = new ArrayList<>();
    compared.comparison().contest().map(ContestRow::of).orElse(List.of()).stream()
        .map(row -> new MeasureRow(PageText.of(row.name()), row.a(), row.b(), row.difference()))
        .forEach(rows::add);
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
}
