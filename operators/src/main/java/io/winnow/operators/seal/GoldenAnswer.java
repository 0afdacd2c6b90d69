package io.winnow.operators.seal;

import io.winnow.operators.task.LabelScore;
import io.winnow.operators.task.LabelledSpan;
import java.util.List;

/** What a head must say of a golden text. */
sealed interface GoldenAnswer {

  String head();

  /** The labels that the head reports, and at least the first three, the highest score first. */
  record Labels(String head, List<LabelScore> labels) implements GoldenAnswer {
    public Labels {
      labels = List.copyOf(labels);
    }
  }

  /** The spans that the head reports, in the order of the text. */
  record Spans(String head, List<LabelledSpan> spans) implements GoldenAnswer {
    public Spans {
      spans = List.copyOf(spans);
    }
  }
}
