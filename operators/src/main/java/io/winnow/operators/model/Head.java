package io.winnow.operators.model;

import java.util.List;
import java.util.Map;

/**
 * One answer that a model gives of a text.
 *
 * @param name name of the head; {@code default} where a bundle has one and does not name it
 * @param output output of the graph that holds its logits
 * @param labels labels by their index in the logits
 * @param topK labels to report at the most, in a classification
 * @param minScore lowest score to report, from 0 to 1
 * @param thresholds lowest score to report of single labels, instead of {@code minScore}; labels of
 *     tokens are named as spans bear them, without a prefix
 */
public record Head(
    String name,
    Task task,
    String output,
    List<String> labels,
    ProblemType problemType,
    Aggregation aggregation,
    int topK,
    float minScore,
    Map<String, Float> thresholds) {

  public Head {
    labels = List.copyOf(labels);
    thresholds = Map.copyOf(thresholds);
  }

  /** Returns the lowest score at which a label is reported; of a token, with its prefix. */
  public float threshold(String label) {
    boolean isPrefixed = task == Task.TOKEN_CLASSIFICATION && aggregation == Aggregation.NONE;
    return thresholds.getOrDefault(isPrefixed ? withoutPrefix(label) : label, minScore);
  }

  /** Returns a token's label as the spans of aggregated tokens bear it. */
  static String withoutPrefix(String label) {
    return label.substring(label.indexOf('-') + 1);
  }
}
