package io.winnow.jobs.bench.text;

import org.apache.commons.math3.distribution.LogNormalDistribution;

/**
 * Lengths of texts in tokens, by a log-normal distribution.
 *
 * <p>They are drawn so that each run of neighbours has about the same share of short and of long
 * texts (the golden ratio's sequence, instead of chance): contenders that read different numbers of
 * texts, and any part of a round, then have the same work for each text.
 */
final class Lengths {
  private static final double GOLDEN_RATIO = (Math.sqrt(5) - 1) / 2;
  private static final double MODERATE = 0.35;
  private static final double WIDE = 0.8;

  private final LogNormalDistribution distribution;
  private final int longest;
  private double quantile = 0.5;

  private Lengths(double logMedian, double spread, int longest) {
    this.distribution = new LogNormalDistribution(logMedian, spread);
    this.longest = longest;
  }

  /** Returns lengths with a mean and a moderate spread: 95 of 100 within a factor of 2. */
  static Lengths around(double mean, int longest) {
    return new Lengths(Math.log(mean) - MODERATE * MODERATE / 2, MODERATE, longest);
  }

  /** Returns lengths with a median and a wide spread: 95 of 100 within a factor of 5. */
  static Lengths wide(double median, int longest) {
    return new Lengths(Math.log(median), WIDE, longest);
  }

  int next() {
    double length = distribution.inverseCumulativeProbability(quantile);
    this.quantile = (quantile + GOLDEN_RATIO) % 1;
    return (int) Math.min(longest, Math.max(1, Math.round(length)));
  }
}
