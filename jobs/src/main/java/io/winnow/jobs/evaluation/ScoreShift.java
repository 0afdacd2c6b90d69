package io.winnow.jobs.evaluation;

import java.util.List;

/**
 * How much the scores of what both sides find differ from A to B.
 *
 * @param count findings of both sides
 * @param mean of B's score less A's
 * @param meanSize the same, whether up or down
 * @param counts findings whose score differs by at most the first of {@link #LIMITS}, by more but
 *     at most the second, and so on; at the end those beyond the last
 */
public record ScoreShift(long count, double mean, double meanSize, List<Long> counts) {
  public static final List<Double> LIMITS = List.of(0.01, 0.05, 0.1, 0.25);

  public ScoreShift {
    counts = List.copyOf(counts);
  }
}
