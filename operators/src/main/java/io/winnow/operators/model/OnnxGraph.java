package io.winnow.operators.model;

import java.util.List;
import java.util.Set;
import java.util.SortedMap;

/**
 * What an ONNX file says of its graph.
 *
 * @param inputs inputs that a caller has to give
 * @param operators how often each operator occurs
 * @param weightBytes size of the weights by ONNX element type (onnx.proto, TensorProto.DataType)
 * @param externalFiles files beside the graph that hold weights, by their relative path
 */
public record OnnxGraph(
    List<TensorInfo> inputs,
    List<TensorInfo> outputs,
    SortedMap<String, Integer> operators,
    SortedMap<Integer, Long> weightBytes,
    Set<String> externalFiles) {

  /** Returns how the weights are held: {@code fp32}, {@code dynamic int8} or the like. */
  public String quantization() {
    if (operators.containsKey("MatMulNBits")) {
      return "block-wise MatMulNBits";
    }
    // A graph of its own scales may quantize with QuantizeLinear, too: the product tells.
    if (operators.keySet().stream()
        .anyMatch(o -> o.startsWith("DynamicQuantize") || o.startsWith("MatMulInteger"))) {
      return "dynamic int8";
    }
    if (operators.containsKey("QuantizeLinear")) {
      return "static int8 (QDQ)";
    }
    return weightBytes.getOrDefault(10, 0L) > weightBytes.getOrDefault(1, 0L) ? "fp16" : "fp32";
  }
}
