package io.winnow.jobs.display;

import io.winnow.jobs.plan.Capacity;
import io.winnow.jobs.plan.Demand;
import io.winnow.jobs.plan.Plan;
import io.winnow.jobs.plan.TextSample;
import io.winnow.jobs.plan.TokenHistogram;
import java.io.PrintWriter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Help.Ansi.Style;

/** Writes a plan for a terminal. */
public final class PlanPrinter {
  private static final int BAR_CELLS = 40;

  private final PrintWriter out;
  private final Palette palette;

  public PlanPrinter(PrintWriter out, Palette palette) {
    this.out = out;
    this.palette = palette;
  }

  public void print(Plan plan) {
    sample(plan.sample());
    out.println();
    tokens(plan.tokens());
    out.println();
    capacity(plan.capacity(), plan.sample(), plan.demand());
    rate(plan.demand());
    backfill(plan.demand(), plan.demand().backfill());
  }

  private void sample(TextSample sample) {
    out.printf(
        "%s: looked at %s of %s%n",
        palette.paint(sample.origin(), Style.bold),
        Figures.count(sample.read()),
        Figures.count(sample.population(), "record"));
    out.printf(
        "  %s would become dead letters, %s of the texts came before%n",
        Figures.percent(sample.rejected()), Figures.percent(sample.repeated()));
  }

  private void tokens(TokenHistogram tokens) {
    out.printf(
        Locale.ROOT,
        "Tokens a text: mean %.1f, median %d, 90 %% have at most %d, 99 %% at most %d, longest %d%n",
        tokens.mean(),
        tokens.percentile(50),
        tokens.percentile(90),
        tokens.percentile(99),
        tokens.longest());
    long most = tokens.bars().stream().mapToLong(TokenHistogram.Bar::texts).max().orElse(1);
    for (TokenHistogram.Bar bar : tokens.bars()) {
      int cells = (int) Math.round((double) BAR_CELLS * bar.texts() / Math.max(1, most));
      out.printf(
          "  %13s  %-" + BAR_CELLS + "s  %s%n",
          Figures.count(bar.from()) + " - " + Figures.count(bar.to()),
          "#".repeat(cells),
          Figures.percent((double) bar.texts() / tokens.texts()));
    }
  }

  private void capacity(Capacity capacity, TextSample sample, Demand demand) {
    out.printf(
        Locale.ROOT,
        "Measured for %.0f s on %s of this machine:%n",
        capacity.seconds(),
        Figures.count(capacity.cores(), "core"));
    line("a core", Figures.rate(capacity.eventsPerCore()) + " events/s through the models");
    line("", Figures.rate(capacity.tokensPerCore()) + " tokens/s");
    line(
        "of records",
        String.format(
            Locale.ROOT,
            "%s/s, with %.2f ms for each beside the models",
            Figures.rate(demand.eventsPerCore()),
            1e3 * Demand.RECORD_SECONDS));
    if (demand.repeated() > 0) {
      line(
          "with the cache",
          "%s/s, as %s of the texts came before"
              .formatted(
                  Figures.rate(demand.eventsPerCoreWithCache()),
                  Figures.percent(sample.repeated())));
    }
    if (capacity.failed() > 0) {
      line("failed", Figures.count(capacity.failed(), "event") + " that a model cannot answer");
    }
    line(
        "memory",
        String.format(
            Locale.ROOT,
            "%.0f MiB of taskmanager.memory.task.off-heap.size, with %s",
            Math.ceil(demand.modelBytes() / (double) (1 << 20)),
            Figures.count(demand.slots(), "slot")));
  }

  private void rate(Demand demand) {
    Double rate = demand.rate();
    if (rate == null) {
      return;
    }
    out.printf(
        "%nFor %s events/s, with %s of the capacity left free:%n",
        Figures.rate(rate), Figures.percent(demand.headRoom()));
    line("cores", Figures.count(demand.cores(rate)));
    line(
        "task managers",
        "%s of %s"
            .formatted(
                Figures.count(demand.taskManagers(rate)), Figures.count(demand.slots(), "slot")));
  }

  private void backfill(Demand demand, Demand.@Nullable Backfill backfill) {
    if (backfill == null) {
      return;
    }
    out.printf(
        "%nTo replay %s of %s:%n",
        Figures.count(backfill.records(), "record"),
        Figures.count(backfill.ranges().size(), "partition"));
    line(
        "time",
        String.format(
            Locale.ROOT,
            "%.1f h with %s",
            demand.hours(backfill),
            Figures.count(backfill.busy(), "subtask")));
    if (backfill.largestShare() * backfill.busy() > backfill.records()) {
      line(
          "",
          "the subtask with most has %s, and none can help it"
              .formatted(Figures.count(backfill.largestShare(), "record")));
    }
    if (backfill.busy() < backfill.parallelism()) {
      line(
          "",
          "%s more would have nothing to do"
              .formatted(Figures.count(backfill.parallelism() - backfill.busy())));
    }
  }

  private void line(String name, String value) {
    out.printf("  %-15s %s%n", name, value);
  }
}
