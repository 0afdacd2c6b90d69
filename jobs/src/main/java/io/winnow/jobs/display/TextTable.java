package io.winnow.jobs.display;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Help.Ansi.Style;

/** A table for a terminal: words to the left in its first column, numbers to the right behind. */
final class TextTable {
  private final int widest;
  private final List<List<String>> rows = new ArrayList<>();

  /**
   * Creates a table.
   *
   * @param widest cells of the terminal that its first column may take
   */
  TextTable(int widest) {
    this.widest = widest;
  }

  /** Adds a row; the first one is the head. */
  TextTable row(String label, Object... cells) {
    List<String> row = new ArrayList<>();
    row.add(VisibleText.of(label).shortened(widest).plain());
    for (Object cell : cells) {
      row.add(cell.toString());
    }
    rows.add(row);
    return this;
  }

  /** Returns its lines, each with its line end. */
  String render(Palette palette) {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < rows.size(); i++) {
      StringBuilder line = new StringBuilder("  ");
      for (int column = 0; column < rows.get(i).size(); column++) {
        String cell = rows.get(i).get(column);
        String fill = " ".repeat(width(column) - cells(cell));
        line.append(column == 0 ? cell + fill : "  " + fill + cell);
      }
      String text = line.toString().stripTrailing();
      lines.append(i == 0 ? palette.paint(text, Style.faint) : text).append('\n');
    }
    return lines.toString();
  }

  private int width(int column) {
    return rows.stream()
        .filter(row -> row.size() > column)
        .mapToInt(row -> cells(row.get(column)))
        .max()
        .orElse(0);
  }

  private static int cells(String text) {
    return VisibleText.of(text).cells();
  }
}
