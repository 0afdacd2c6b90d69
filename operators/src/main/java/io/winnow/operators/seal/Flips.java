package io.winnow.operators.seal;

import io.winnow.operators.inference.Logits;
import io.winnow.operators.model.Head;
import io.winnow.operators.model.ProblemType;
import io.winnow.operators.model.Task;
import io.winnow.operators.task.Scores;

/** Counts the labels that two forward passes decide differently. */
final class Flips {
  private final Head head;

  Flips(Head head) {
    this.head = head;
  }

  /** Compares rows of equal shape, from one row to before another. */
  int count(Logits one, Logits other, int fromRow, int toRow) {
    int flips = 0;
    for (int row = fromRow; row < toRow; row++) {
      flips += count(scores(one, row), scores(other, row));
    }
    return flips;
  }

  private float[] scores(Logits logits, int row) {
    return Scores.of(logits, row, type());
  }

  private int count(float[] one, float[] other) {
    return switch (type()) {
      case SINGLE_LABEL_CLASSIFICATION -> Scores.highest(one) == Scores.highest(other) ? 0 : 1;
      case MULTI_LABEL_CLASSIFICATION -> overThreshold(one, other);
      case REGRESSION -> 0;
    };
  }

  private int overThreshold(float[] one, float[] other) {
    int flips = 0;
    for (int i = 0; i < one.length; i++) {
      float threshold = head.threshold(head.labels().get(i));
      flips += (one[i] >= threshold) == (other[i] >= threshold) ? 0 : 1;
    }
    return flips;
  }

  /** A token has one label, whatever the problem type of a text's. */
  private ProblemType type() {
    return head.task() == Task.TOKEN_CLASSIFICATION
        ? ProblemType.SINGLE_LABEL_CLASSIFICATION
        : head.problemType();
  }
}
