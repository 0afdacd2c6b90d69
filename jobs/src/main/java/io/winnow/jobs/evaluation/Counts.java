package io.winnow.jobs.evaluation;

import java.util.Set;

/**
 * How often something was found and expected. A measure whose divisor is 0 is 0, as with {@code
 * zero_division=0} in scikit-learn and seqeval.
 *
 * @param hits expected and found
 * @param falseAlarms found, but not expected
 * @param misses expected, but not found
 */
public record Counts(long hits, long falseAlarms, long misses) {
  static final Counts NONE = new Counts(0, 0, 0);

  static Counts between(Set<Finding> expected, Set<Finding> found) {
    long hits = expected.stream().filter(found::contains).count();
    return new Counts(hits, found.size() - hits, expected.size() - hits);
  }

  Counts plus(Counts other) {
    return new Counts(hits + other.hits, falseAlarms + other.falseAlarms, misses + other.misses);
  }

  public double precision() {
    return ratio((double) hits, hits + falseAlarms);
  }

  public double recall() {
    return ratio((double) hits, support());
  }

  /** Returns the harmonic mean of precision and recall. */
  public double f1() {
    return ratio(2.0 * hits, 2 * hits + falseAlarms + misses);
  }

  /** Returns how often it was expected. */
  public long support() {
    return hits + misses;
  }

  /** Returns how often it was found. */
  public long found() {
    return hits + falseAlarms;
  }

  static double ratio(double part, long whole) {
    return whole == 0 ? 0 : part / whole;
  }
}
