package io.winnow.operators.model;

import java.util.List;
import java.util.stream.Collectors;

/**
 * An input or output of a graph.
 *
 * @param elementType ONNX element type: 1 is float, 7 is int64 (onnx.proto, TensorProto.DataType)
 * @param shape length of each axis; {@link #DYNAMIC} where it is free
 */
public record TensorInfo(String name, int elementType, List<Long> shape) {
  public static final long DYNAMIC = -1;

  public TensorInfo {
    shape = List.copyOf(shape);
  }

  @Override
  public String toString() {
    return name
        + shape.stream()
            .map(length -> length == DYNAMIC ? "?" : length.toString())
            .collect(Collectors.joining(", ", "[", "]"));
  }
}
