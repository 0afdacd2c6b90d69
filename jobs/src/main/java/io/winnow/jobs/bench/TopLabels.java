package io.winnow.jobs.bench;

import io.winnow.operators.inference.Logits;
import io.winnow.operators.model.Head;
import io.winnow.operators.model.Task;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/** Reads the most likely label of a text from its logits, as code written by hand does. */
public final class TopLabels {
  private TopLabels() {}

  /**
   * Returns the most likely label of each head that labels a whole text, separated by commas.
   *
   * @param logits by the name of the graph's output
   */
  public static String of(List<Head> heads, Map<String, Logits> logits) {
    return heads.stream()
        .filter(head -> head.task() == Task.TEXT_CLASSIFICATION)
        .map(head -> label(head, Objects.requireNonNull(logits.get(head.output()), head.output())))
        .collect(Collectors.joining(","));
  }

  private static String label(Head head, Logits logits) {
    int top = 0;
    for (int i = 1; i < logits.columns(); i++) {
      top = logits.at(0, i) > logits.at(0, top) ? i : top;
    }
    return head.labels().get(top);
  }
}
