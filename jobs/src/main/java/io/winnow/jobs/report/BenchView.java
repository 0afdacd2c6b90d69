package io.winnow.jobs.report;

import io.winnow.jobs.bench.WorkloadResults;
import io.winnow.jobs.display.BenchRow;
import java.util.List;

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
    return new BenchView(
        id, id, BenchRow.about(workload), workload.results().stream().map(BenchRow::of).toList());
  }
}
