package io.winnow.operators.task;

import io.winnow.operators.inference.Logits;
import io.winnow.operators.model.ProblemType;

/**
 * Turns logits into scores, in single precision as Hugging Face's pipelines do.
 *
 * <p>{@link StrictMath} gives the same bits on every machine, which a replay relies on.
 */
public final class Scores {
  private Scores() {}

  /** Returns the scores of one row. */
  public static float[] of(Logits logits, int row, ProblemType type) {
    float[] scores = new float[logits.columns()];
    System.arraycopy(logits.values(), row * logits.columns(), scores, 0, scores.length);
    switch (type) {
      case SINGLE_LABEL_CLASSIFICATION -> softmax(scores);
      case MULTI_LABEL_CLASSIFICATION -> sigmoid(scores);
      case REGRESSION -> {}
    }
    return scores;
  }

  /** Returns the index of the highest score, the first of equal ones. */
  public static int highest(float[] scores) {
    int highest = 0;
    for (int i = 1; i < scores.length; i++) {
      if (scores[i] > scores[highest]) {
        highest = i;
      }
    }
    return highest;
  }

  private static void softmax(float[] values) {
    float max = values[highest(values)];
    float sum = 0;
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) StrictMath.exp(values[i] - max);
      sum += values[i];
    }
    for (int i = 0; i < values.length; i++) {
      values[i] /= sum;
    }
  }

  private static void sigmoid(float[] values) {
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (1 / (1 + StrictMath.exp(-values[i])));
    }
  }
}
