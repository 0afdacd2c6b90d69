package io.winnow.jobs.report;

import java.util.Locale;

/** Numbers for the style sheet. */
final class Css {
  private Css() {}

  /** Returns a share as {@code 92.2%}. */
  static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f%%", share * 100);
  }

  /** Returns a number from 0 to 1. */
  static String number(double share) {
    return String.format(Locale.ROOT, "%.3f", share);
  }
}
