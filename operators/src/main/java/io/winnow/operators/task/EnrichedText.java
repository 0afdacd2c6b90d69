package io.winnow.operators.task;

import java.util.List;

/**
 * What a model says of a text, and what it took.
 *
 * @param tokens tokens of the text, special tokens not counted
 * @param tokensRead tokens of the text that the model read
 * @param windows forward passes
 * @param inferenceNanos time in ONNX Runtime, in nanoseconds
 */
public record EnrichedText(
    int tokens, int tokensRead, int windows, long inferenceNanos, List<HeadResult> results) {
  public EnrichedText {
    results = List.copyOf(results);
  }
}
