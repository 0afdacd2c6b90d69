package io.winnow.operators.inference;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtSession;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads what a forward pass gave: the logits of each window, without those of its padding. */
final class OutputLogits {
  private OutputLogits() {}

  static List<Map<String, Logits>> read(OrtSession.Result result, Set<String> outputs, Batch batch)
      throws InferenceException {
    List<Map<String, Logits>> logits = new ArrayList<>(batch.size());
    for (int i = 0; i < batch.size(); i++) {
      logits.add(new HashMap<>());
    }
    for (String output : outputs) {
      OnnxValue value = result.get(output).orElseThrow();
      FloatBuffer values = value instanceof OnnxTensor tensor ? tensor.getFloatBuffer() : null;
      if (values == null) {
        throw new InferenceException(
            "Expected floats in the model's output " + output + ", found " + value.getInfo(), null);
      }
      long[] shape = ((OnnxTensor) value).getInfo().getShape();
      if (shape.length == 0 || shape[0] != batch.size()) {
        throw new InferenceException(
            "Expected an answer for each of %d texts in the model's output %s, found the shape %s"
                .formatted(batch.size(), output, Arrays.toString(shape)),
            null);
      }
      for (int i = 0; i < batch.size(); i++) {
        logits.get(i).put(output, slice(output, values, shape, batch, i));
      }
    }
    return logits;
  }

  /**
   * Cuts one window out.
   *
   * @param shape {@code [windows, labels]} or {@code [windows, tokens, labels]}
   */
  private static Logits slice(
      String output, FloatBuffer values, long[] shape, Batch batch, int window)
      throws InferenceException {
    int rows = shape.length == 3 ? (int) shape[1] : 1;
    int size = values.remaining() / batch.size();
    int columns = rows == 0 ? 0 : size / rows;
    boolean hasRowPerToken = shape.length == 3 && rows == batch.length();
    int read = hasRowPerToken ? batch.windows().get(window).tokens() : rows;
    float[] logits = cut(values, window * size, read * columns);
    requireFinite(output, logits);
    return new Logits(read, columns, logits);
  }

  /** The runtime gives a copy of its own, which is all there is of a text that runs alone. */
  private static float[] cut(FloatBuffer values, int from, int length) {
    if (values.hasArray() && values.array().length == length) {
      return values.array();
    }
    float[] cut = new float[length];
    values.get(from, cut);
    return cut;
  }

  private static void requireFinite(String output, float[] values) throws InferenceException {
    for (float value : values) {
      if (!Float.isFinite(value)) {
        throw new InferenceException("The model's output " + output + " holds " + value, null);
      }
    }
  }
}
