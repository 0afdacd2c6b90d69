package io.winnow.operators.task;

import io.winnow.operators.model.Head;
import java.util.List;

/** What a head says of a text. */
public sealed interface HeadResult {

  Head head();

  /** Labels of the whole text, the highest score first. */
  record Labels(Head head, List<LabelScore> labels) implements HeadResult {
    public Labels {
      labels = List.copyOf(labels);
    }
  }

  /** Pieces of the text, in its order. */
  record Spans(Head head, List<LabelledSpan> spans) implements HeadResult {
    public Spans {
      spans = List.copyOf(spans);
    }
  }
}
