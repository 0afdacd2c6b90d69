package io.winnow.jobs.report;

import io.winnow.jobs.bench.WorkloadResults;
import io.winnow.jobs.display.Figures;
import java.util.List;
import java.util.Locale;

/**
 * A workload as the template shows it.
 *
 * @param id names its place in the page and that of its chart
 * @param about which texts these are, in words
 */
record BenchView(String id, String name, String about, List<BenchRow> rows) {

  static BenchView of(WorkloadResults workload, ChartData charts) {
    String id = workload.kind().word();
    charts.addRates(id, workload.results());
    String about =
        String.format(
            Locale.ROOT,
            "%s; %.1f tokens a text in the mean, up to %s a round",
            workload.kind().about(),
            workload.meanTokens(),
            Figures.count(workload.texts(), "text"));
    return new BenchView(id, id, about, workload.results().stream().map(BenchRow::of).toList());
  }
}
