package io.winnow.jobs.report;

import java.util.Locale;

/** How a label or a span is to be seen; never by its colour alone. */
enum Mark {
  /** Expected and found. */
  RIGHT("✓"),
  /** Expected, but not found. */
  MISSED("✗"),
  /** Found, but not expected. */
  WRONG("✗"),
  /** What both sides say. */
  SAME("="),
  /** What one side alone says. */
  ONLY("≠"),
  /** With nothing to hold it against. */
  PLAIN("");

  private final String sign;

  Mark(String sign) {
    this.sign = sign;
  }

  /** Returns the sign that tells it without colour. */
  String sign() {
    return sign;
  }

  /** Returns its class in the style sheet. */
  String css() {
    return name().toLowerCase(Locale.ROOT);
  }
}
