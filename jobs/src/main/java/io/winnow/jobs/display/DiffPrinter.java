package io.winnow.jobs.display;

import io.winnow.jobs.diff.HeadDiff;
import io.winnow.jobs.diff.SideCounts;
import io.winnow.jobs.diff.TopicDiff;
import io.winnow.jobs.diff.Unmatched;
import java.io.PrintWriter;
import picocli.CommandLine.Help.Ansi.Style;

/** Prints where two topics differ for people. */
public final class DiffPrinter {
  private final PrintWriter out;
  private final Palette palette;
  private final ComparisonPrinter heads;

  /**
   * Creates a printer.
   *
   * @param columns width of a line, in cells of the terminal
   */
  public DiffPrinter(PrintWriter out, Palette palette, int columns) {
    this.out = out;
    this.palette = palette;
    this.heads = new ComparisonPrinter(out, palette, columns);
  }

  public void print(TopicDiff diff) {
    topic("A", diff.a());
    topic("B", diff.b());
    line("in both", Figures.count(diff.joined(), "record"));
    line("only in A", DiffWords.of(diff.a()));
    line("only in B", DiffWords.of(diff.b()));
    for (Unmatched head : diff.unmatched()) {
      line("not compared", VisibleText.of(head.name().title()).plain() + ", " + DiffWords.of(head));
    }
    for (HeadDiff head : diff.heads()) {
      out.println();
      heads.print(head.comparison());
      others("A", head.othersOfA());
      others("B", head.othersOfB());
    }
    out.flush();
  }

  private void topic(String name, SideCounts side) {
    String topic = palette.paint(VisibleText.of(side.topic()).plain(), Style.bold);
    out.println("  %s  %s".formatted(name, topic));
  }

  private void line(String name, String words) {
    out.println("  %-14s %s".formatted(name, words));
  }

  private void others(String side, long count) {
    if (count > 0) {
      line("model of " + side, "not the same for all" + DiffWords.others(count));
    }
  }
}
