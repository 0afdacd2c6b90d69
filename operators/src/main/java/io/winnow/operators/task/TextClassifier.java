package io.winnow.operators.task;

import io.winnow.operators.inference.Logits;
import io.winnow.operators.model.Head;
import io.winnow.operators.model.ProblemType;
import io.winnow.operators.text.Window;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the labels of a text from its logits.
 *
 * <p>Of a text in several windows, a single label or a value is decided by the mean of the windows'
 * scores, weighted by their tokens; of several labels each holds that holds in any window.
 */
final class TextClassifier {
  private final Head head;

  TextClassifier(Head head) {
    this.head = head;
  }

  /**
   * Returns labels and scores.
   *
   * @param logits for each window {@code [1, labels]}
   */
  HeadResult.Labels classify(List<Window> windows, List<Logits> logits) {
    float[] scores = merged(windows, logits);
    List<LabelScore> labels = new ArrayList<>(scores.length);
    for (int i = 0; i < scores.length; i++) {
      labels.add(new LabelScore(head.labels().get(i), scores[i]));
    }
    labels.sort((a, b) -> Float.compare(b.score(), a.score())); // stable: ties by index
    return HeadResult.Labels.reported(head, labels);
  }

  private float[] merged(List<Window> windows, List<Logits> logits) {
    if (logits.size() == 1) {
      return Scores.of(logits.get(0), 0, head.problemType());
    }
    float[] merged = new float[head.labels().size()];
    float tokens = windows.stream().mapToInt(Window::size).sum();
    for (int w = 0; w < logits.size(); w++) {
      float[] scores = Scores.of(logits.get(w), 0, head.problemType());
      float weight = windows.get(w).size() / tokens;
      for (int i = 0; i < merged.length; i++) {
        merged[i] =
            head.problemType() == ProblemType.MULTI_LABEL_CLASSIFICATION
                ? Math.max(merged[i], scores[i])
                : merged[i] + weight * scores[i];
      }
    }
    return merged;
  }
}
