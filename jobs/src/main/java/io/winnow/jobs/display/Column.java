package io.winnow.jobs.display;

/**
 * A column of lines that are printed one by one: as wide as its widest entry so far, or as is
 * expected from the start.
 */
final class Column {
  private int widest;

  Column(int atLeast) {
    this.widest = atLeast;
  }

  /** Returns what fills an entry of that many cells up to the width of the column. */
  String fill(int cells) {
    this.widest = Math.max(widest, cells);
    return " ".repeat(widest - cells);
  }
}
