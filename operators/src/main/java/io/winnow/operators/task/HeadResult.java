package io.winnow.operators.task;

import io.winnow.operators.model.Head;
import io.winnow.operators.model.ProblemType;
import java.util.ArrayList;
import java.util.List;

/** What a head says of a text. */
public sealed interface HeadResult {

  Head head();

  /** Labels of the whole text, the highest score first. */
  record Labels(Head head, List<LabelScore> labels) implements HeadResult {
    public Labels {
      labels = List.copyOf(labels);
    }

    /**
     * Returns what a head reports of its labels.
     *
     * @param ranked labels with their scores, the highest first
     */
    public static Labels reported(Head head, List<LabelScore> ranked) {
      boolean filters = head.problemType() != ProblemType.REGRESSION;
      List<LabelScore> reported = new ArrayList<>();
      for (LabelScore label : ranked) {
        if (reported.size() < head.topK()
            && (!filters || label.score() >= head.threshold(label.label()))) {
          reported.add(label);
        }
      }
      return new Labels(head, reported);
    }
  }

  /** Pieces of the text, in its order. */
  record Spans(Head head, List<LabelledSpan> spans) implements HeadResult {
    public Spans {
      spans = List.copyOf(spans);
    }
  }
}
