package io.winnow.jobs.evaluation;

/** Between what a measure would lie in 95 of 100 samples like this one. */
public record Interval(double low, double high) {
  private static final double Z = 1.959963984540054; // the normal distribution's 97.5th percentile

  /**
   * Returns the interval of a share by Wilson's score, which is sound for small samples and shares
   * near 0 or 1 (E. B. Wilson, "Probable Inference, the Law of Succession, and Statistical
   * Inference", 1927).
   */
  static Interval ofShare(int part, int whole) {
    if (whole == 0) {
      return new Interval(0, 1);
    }
    double share = (double) part / whole;
    double square = Z * Z / whole;
    double centre = (share + square / 2) / (1 + square);
    double margin = Z / (1 + square) * Math.sqrt((share * (1 - share) + square / 4) / whole);
    return new Interval(Math.max(0, centre - margin), Math.min(1, centre + margin));
  }
}
