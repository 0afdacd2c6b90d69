package io.winnow.jobs.display;

import io.winnow.jobs.redrive.LetterGroup;
import io.winnow.jobs.redrive.LetterId;
import java.io.PrintWriter;
import java.nio.ByteBuffer;
import java.util.List;
import picocli.CommandLine.Help.Ansi.Style;

/** Shows dead letters on a terminal. */
public final class LetterPrinter {
  private static final int WIDEST = 40;
  private static final int MESSAGE_LINES = 4;
  private static final String INDENT = "    ";

  private final PrintWriter out;
  private final Palette palette;
  private final int columns;

  /**
   * Creates a printer.
   *
   * @param columns of the terminal
   */
  public LetterPrinter(PrintWriter out, Palette palette, int columns) {
    this.out = out;
    this.palette = palette;
    this.columns = columns;
  }

  /**
   * Prints a table of the groups, and examples of each.
   *
   * @param topic of the dead letters
   */
  public void print(List<LetterGroup> groups, String topic) {
    long open = groups.stream().mapToLong(LetterGroup::count).sum();
    long redriven = groups.stream().mapToLong(LetterGroup::redriven).sum();
    title(
        "%s in %s, %s sent back before"
            .formatted(
                Figures.count(open, "dead letter"),
                VisibleText.of(topic).plain(),
                Figures.count(redriven)));
    TextTable table =
        new TextTable(WIDEST).row("stage, reason", "count", "sent back", "first", "last");
    for (LetterGroup group : groups) {
      table.row(
          name(group),
          Figures.count(group.count()),
          Figures.count(group.redriven()),
          group.firstTime().orElse(""),
          group.lastTime().orElse(""));
    }
    out.print(table.render(palette));
    groups.stream().filter(group -> !group.examples().isEmpty()).forEach(this::printExamples);
    out.flush();
  }

  private static String name(LetterGroup group) {
    return group.stage() + ", " + group.reason();
  }

  private void printExamples(LetterGroup group) {
    out.println();
    title(VisibleText.of(name(group)).plain());
    for (LetterGroup.Example example : group.examples()) {
      out.println("  " + VisibleText.of(place(example)).plain());
      lines(example.message(), MESSAGE_LINES);
      lines(payload(example), 1);
    }
  }

  private static String place(LetterGroup.Example example) {
    LetterId source = example.source();
    String replay = source.replay() == null ? "" : ", replay " + source.replay();
    String attempts = example.attempts() == 1 ? "" : ", attempt " + example.attempts();
    return "topic %s, partition %d, offset %d%s%s"
        .formatted(source.topic(), source.partition(), source.offset(), replay, attempts);
  }

  private String payload(LetterGroup.Example example) {
    ByteBuffer start = example.start();
    if (start == null) {
      return "no payload";
    }
    String size = Figures.count(example.bytes(), "byte");
    return start.remaining() == 0 ? size : size + ": " + PayloadPreview.content(start, columns);
  }

  private void lines(String text, int most) {
    for (VisibleText line : VisibleText.of(text).wrapped(columns - INDENT.length(), most)) {
      out.println(INDENT + line.painted(palette));
    }
  }

  private void title(String text) {
    out.println(palette.paint(text, Style.bold));
  }
}
