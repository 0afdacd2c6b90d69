package io.winnow.jobs.display;

import java.util.Locale;
import java.util.OptionalDouble;

/** Numbers as people read them. */
public final class Figures {
  private Figures() {}

  /** Returns a share as {@code 92.2 %}. */
  public static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f %%", share * 100);
  }

  /** Returns a difference of shares in percentage points, as {@code +0.8}. */
  public static String points(double difference) {
    String points = String.format(Locale.ROOT, "%+.1f", difference * 100);
    return points.equals("-0.0") ? "+0.0" : points;
  }

  /** Returns a number as {@code 14,200}. */
  public static String count(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  /** Returns a number with what is counted, as {@code 1 text} or {@code 2 texts}. */
  public static String count(long number, String one) {
    return count(number) + " " + one + (number == 1 ? "" : "s");
  }

  /** Returns a rate, in no more digits than it is worth. */
  public static String rate(double perSecond) {
    return String.format(Locale.ROOT, perSecond < 100 ? "%.1f" : "%,.0f", perSecond);
  }

  /** Returns two rates as {@code 390 to 432}. */
  public static String range(double least, double most) {
    return rate(least) + " to " + rate(most);
  }

  /** Returns a time as {@code 2.4 ms}. */
  public static String millis(double millis) {
    return String.format(Locale.ROOT, millis < 100 ? "%.1f ms" : "%,.0f ms", millis);
  }

  /** Returns how many times something is another one, as {@code 0.97}; a dash if unknown. */
  public static String ratio(OptionalDouble ratio) {
    return ratio.isEmpty() ? "–" : String.format(Locale.ROOT, "%.2f", ratio.getAsDouble());
  }

  /** Returns a probability of a test, as {@code p = 0.031}. */
  public static String pValue(double p) {
    return p < 0.001 ? "p < 0.001" : String.format(Locale.ROOT, "p = %.3f", p);
  }
}
