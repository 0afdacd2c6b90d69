package io.winnow.jobs.display;

import io.winnow.jobs.bench.BenchResults;
import io.winnow.jobs.bench.Result;
import io.winnow.jobs.bench.WorkloadResults;
import java.io.PrintWriter;
import java.util.Set;
import java.util.TreeSet;
import picocli.CommandLine.Help.Ansi.Style;

/** Prints what bench measured for people: a table for each workload. */
public final class BenchPrinter {
  private static final int WIDEST_NAME = 24;

  private final PrintWriter out;
  private final Palette palette;

  public BenchPrinter(PrintWriter out, Palette palette) {
    this.out = out;
    this.palette = palette;
  }

  public void print(BenchResults results) {
    String model = palette.paint(VisibleText.of(results.model().title()).plain(), Style.bold);
    out.printf(
        "%s on %s, medians of %s%n",
        model, Figures.count(results.cores(), "core"), Figures.count(results.rounds(), "round"));
    out.println("  " + palette.paint(results.machine().toString(), Style.faint));
    results.workloads().forEach(this::print);
    printContenders(results);
    out.flush();
  }

  private void print(WorkloadResults workload) {
    TextTable table =
        new TextTable(WIDEST_NAME)
            .row(
                workload.kind().word(),
                "events/s",
                "least to most",
                "tokens/s",
                "of bare",
                "p50",
                "p99",
                "CPU s/M tokens");
    for (Result result : workload.results()) {
      BenchRow row = BenchRow.of(result);
      table.row(
          row.name(),
          row.events(),
          row.range(),
          row.tokens(),
          row.ratio(),
          row.p50(),
          row.p99(),
          row.cpu());
    }
    out.println();
    out.println(BenchRow.about(workload));
    out.print(table.render(palette));
  }

  private void printContenders(BenchResults results) {
    Set<Object> named = new TreeSet<>();
    out.println();
    for (WorkloadResults workload : results.workloads()) {
      for (Result result : workload.results()) {
        if (named.add(result.contender())) {
          out.printf(
              "  %-18s %s%n",
              result.contender().word(), palette.paint(result.contender().about(), Style.faint));
        }
      }
    }
    out.printf("  %-18s %s%n", "fingerprint", results.model().fingerprint());
  }
}
