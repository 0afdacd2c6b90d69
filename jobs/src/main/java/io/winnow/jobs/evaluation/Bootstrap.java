package io.winnow.jobs.evaluation;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * The paired bootstrap of Efron and Tibshirani ("An Introduction to the Bootstrap", 1993,
 * percentile interval): the difference of two sides over many samples of the texts, drawn with
 * replacement, the same texts for both.
 */
final class Bootstrap {
  private static final int SAMPLES = 2_000;
  private static final long SEED = 20_240_229; // the same data always gives the same interval

  private Bootstrap() {}

  /**
   * Returns the interval of how much higher B's F1 over all labels is than A's.
   *
   * @param a counts of side A for each text
   * @param b counts of side B for the same texts
   */
  static Interval f1Difference(List<Counts> a, List<Counts> b) {
    SplittableRandom random = new SplittableRandom(SEED);
    double[] differences = new double[SAMPLES];
    for (int sample = 0; sample < SAMPLES; sample++) {
      Sum sumOfA = new Sum();
      Sum sumOfB = new Sum();
      for (int i = 0; i < a.size(); i++) {
        int text = random.nextInt(a.size());
        sumOfA.add(a.get(text));
        sumOfB.add(b.get(text));
      }
      differences[sample] = sumOfB.f1() - sumOfA.f1();
    }
    Arrays.sort(differences);
    return new Interval(percentile(differences, 0.025), percentile(differences, 0.975));
  }

  private static double percentile(double[] sorted, double share) {
    return sorted[(int) Math.round(share * (sorted.length - 1))];
  }

  /** Counts that are added up without an object for each text. */
  private static final class Sum {
    private long hits;
    private long others;

    void add(Counts counts) {
      this.hits += counts.hits();
      this.others += counts.falseAlarms() + counts.misses();
    }

    double f1() {
      return Counts.ratio(2.0 * hits, 2 * hits + others);
    }
  }
}
