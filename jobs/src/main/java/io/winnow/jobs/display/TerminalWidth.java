package io.winnow.jobs.display;

import picocli.CommandLine.Model.UsageMessageSpec;

/** The width of the terminal, as picocli finds it out. */
public final class TerminalWidth {
  static final int LEAST = 40;
  private static final int UNKNOWN = 100;

  private TerminalWidth() {}

  /** Returns the columns of the terminal, or 100 where there is none; 40 at least. */
  public static int columns() {
    return Math.max(LEAST, new UsageMessageSpec().width(UNKNOWN).autoWidth(true).width());
  }
}
