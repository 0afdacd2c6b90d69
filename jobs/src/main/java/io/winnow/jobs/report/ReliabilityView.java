package io.winnow.jobs.report;

import io.winnow.jobs.evaluation.Calibration;
import io.winnow.jobs.evaluation.Contest;
import io.winnow.jobs.evaluation.Scores;
import java.util.List;
import java.util.Optional;

/**
 * A reliability diagram with the numbers behind it.
 *
 * @param id of its chart
 */
record ReliabilityView(String id, List<Side> sides) {

  static Optional<ReliabilityView> of(String id, Scores scores, ChartData charts) {
    return scores
        .calibration()
        .map(calibration -> new ReliabilityView(id, List.of(side(id, "", calibration, charts))));
  }

  static Optional<ReliabilityView> of(String id, Contest contest, ChartData charts) {
    Optional<Calibration> a = contest.a().calibration();
    Optional<Calibration> b = contest.b().calibration();
    return a.isPresent() && b.isPresent()
        ? Optional.of(
            new ReliabilityView(
                id, List.of(side(id, "A", a.get(), charts), side(id, "B", b.get(), charts))))
        : Optional.empty();
  }

  private static Side side(String id, String name, Calibration calibration, ChartData charts) {
    charts.addReliability(id, name, calibration);
    return new Side(name, BinRow.of(calibration));
  }

  /** The numbers of one side. */
  record Side(String name, List<BinRow> bins) {}
}
