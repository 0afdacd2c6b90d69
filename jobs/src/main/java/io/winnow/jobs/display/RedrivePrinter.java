package io.winnow.jobs.display;

import io.winnow.jobs.redrive.LetterCounts;
import io.winnow.jobs.redrive.RedrivePlan;
import io.winnow.jobs.redrive.RedriveResult;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import picocli.CommandLine.Help.Ansi.Style;

/** Shows redrives on a terminal. */
public final class RedrivePrinter {
  private final PrintWriter out;
  private final Palette palette;

  public RedrivePrinter(PrintWriter out, Palette palette) {
    this.out = out;
    this.palette = palette;
  }

  /** Prints what goes back, and what stays and why. */
  public void print(RedrivePlan plan) {
    title(
        "Redrive %s of %s%s"
            .formatted(
                plan.id(),
                VisibleText.of(plan.topic()).plain(),
                plan.resumed() ? ", which did not end before" : ""));
    LetterCounts counts = plan.counts();
    row(plan.sent(), plan.sent() == 0 ? "go back" : "go back: " + reasons(plan.byReason()));
    rowIfAny(counts.redriven(), "were sent back before");
    rowIfAny(counts.copies(), "are of records that go back already: once each");
    rowIfAny(
        counts.cut(),
        "stay: their payload did not fit into the topic; replay them from the source topic");
    rowIfAny(counts.tombstones(), "stay: tombstones have no value to send");
    rowIfAny(counts.others(), "are another pipeline's, or of a replay, and stay");
    rowIfAny(counts.unreadable(), "are no dead letters of Winnow, and stay");
    out.flush();
  }

  private static String reasons(Map<String, Integer> byReason) {
    return new TreeMap<>(byReason)
        .entrySet().stream()
            .map(
                entry ->
                    VisibleText.of(entry.getKey()).plain() + " " + Figures.count(entry.getValue()))
            .collect(Collectors.joining(", "));
  }

  /** Prints what became of them. */
  public void print(RedriveResult result) {
    double seconds = Math.max(1, result.millis()) / 1000.0;
    title("Summary");
    row(result.enriched(), "enriched");
    row(result.rejected(), "rejected again: dead letters with one attempt more");
    out.println(
        String.format(
            Locale.ROOT,
            "  in %,.1f s, %s records/s",
            seconds,
            Figures.rate((result.enriched() + result.rejected()) / seconds)));
    out.flush();
  }

  private void rowIfAny(long count, String words) {
    if (count > 0) {
      row(count, words);
    }
  }

  private void row(long count, String words) {
    out.println("  %9s %s".formatted(Figures.count(count), words));
  }

  private void title(String text) {
    out.println(palette.paint(text, Style.bold));
  }
}
