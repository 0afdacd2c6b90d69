package io.winnow.jobs.display;

/** Whether somebody watches what is written to standard error. */
final class Terminal {
  /** System property that the launcher sets, as JDK 17 cannot tell. */
  private static final String WATCHED = "winnow.terminal";

  private Terminal() {}

  /** Tells it, wherever standard output goes and whether colours are wanted. */
  static boolean watched() {
    return Boolean.getBoolean(WATCHED);
  }
}
