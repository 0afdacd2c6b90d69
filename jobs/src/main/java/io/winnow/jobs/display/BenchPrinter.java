package io.winnow.jobs.display;

import io.winnow.jobs.bench.BenchResults;
import io.winnow.jobs.bench.Result;
import io.winnow.jobs.bench.WorkloadResults;
import java.io.PrintWriter;
import java.util.Locale;
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
      table.row(
          result.contender().word(),
          Figures.rate(result.eventsPerSecond()),
          Figures.range(result.leastEventsPerSecond(), result.mostEventsPerSecond()),
          Figures.rate(result.tokensPerSecond()),
          Figures.ratio(result.ratioToBare()),
          Figures.millis(result.p50Millis()),
          Figures.millis(result.p99Millis()),
          Figures.rate(result.cpuSecondsPerMillionTokens()));
    }
    out.println();
    out.printf(
        Locale.ROOT,
        "%s; %.1f tokens a text in the mean, up to %s a round%n",
        workload.kind().about(),
        workload.meanTokens(),
        Figures.count(workload.texts(), "text"));
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
