package io.winnow.operators.task;

import io.winnow.operators.model.Aggregation;
import io.winnow.operators.model.Head;
import io.winnow.operators.model.ProblemType;
import io.winnow.operators.model.Task;
import java.util.List;
import java.util.Map;

/** Heads for tests that make their logits by hand. */
final class Heads {
  private Heads() {}

  static Head text(
      ProblemType type,
      int topK,
      double minScore,
      Map<String, Float> thresholds,
      String... labels) {
    return new Head(
        "intent",
        Task.TEXT_CLASSIFICATION,
        "logits",
        List.of(labels),
        type,
        Aggregation.SIMPLE,
        topK,
        (float) minScore,
        thresholds);
  }

  static Head tokens(Aggregation aggregation, double minScore, List<String> labels) {
    return new Head(
        "entities",
        Task.TOKEN_CLASSIFICATION,
        "logits",
        labels,
        ProblemType.SINGLE_LABEL_CLASSIFICATION,
        aggregation,
        1,
        (float) minScore,
        Map.of());
  }
}
