package io.winnow.jobs.evaluation;

/**
 * The exact test of McNemar ("Note on the sampling error of the difference between correlated
 * proportions or percentages", 1947): how likely two equally good sides would differ as much as
 * these, or more, over the texts that only one of them has right.
 */
final class McNemar {
  private McNemar() {}

  /** Returns the two-sided p-value, from the binomial distribution with probability 1/2. */
  static double exact(int onlyA, int onlyB) {
    int differing = onlyA + onlyB;
    double logOfTerm = -differing * Math.log(2); // of "n over 0" / 2^n; as logarithm: no underflow
    double sum = Math.exp(logOfTerm);
    for (int i = 1; i <= Math.min(onlyA, onlyB); i++) {
      logOfTerm += Math.log((differing - i + 1.0) / i);
      sum += Math.exp(logOfTerm);
    }
    return Math.min(1, 2 * sum);
  }
}
