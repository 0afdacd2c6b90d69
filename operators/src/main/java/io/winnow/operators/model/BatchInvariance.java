package io.winnow.operators.model;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * Whether a model's answers depend on the texts and the padding that share a forward pass.
 *
 * @param proven whether they were seen not to, see {@link #of}
 * @param runs forward passes that were held against the texts alone; 0 where the model does not run
 *     on several texts at once
 * @param largestLogitDifference the furthest that a logit was from that of the text alone, in three
 *     digits, rounded up
 * @param flippedLabels labels that differed, over all runs
 */
public record BatchInvariance(
    boolean proven, int runs, double largestLogitDifference, int flippedLabels) {

  /** What is known of a model that was not checked, or that takes no batches. */
  public static final BatchInvariance NOT_PROVEN = new BatchInvariance(false, 0, 0, 0);

  /**
   * Adding up in another order moves a logit by a millionth or so, scales that a batch shares move
   * it by a tenth or more. A probability moves by half of what its logits do at the most, a
   * regression's value as they do.
   */
  private static final double MOST_LOGIT_DIFFERENCE = 0.001;

  private static final MathContext THREE_DIGITS_UP = new MathContext(3, RoundingMode.UP);

  /** Returns what was found in some runs: proven if no label flipped, and no logit moved. */
  public static BatchInvariance of(int runs, double largestLogitDifference, int flippedLabels) {
    return new BatchInvariance(
        runs > 0 && flippedLabels == 0 && largestLogitDifference <= MOST_LOGIT_DIFFERENCE,
        runs,
        BigDecimal.valueOf(largestLogitDifference).round(THREE_DIGITS_UP).doubleValue(),
        flippedLabels);
  }
}
