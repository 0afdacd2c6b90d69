package io.winnow.operators.model;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;

/**
 * Reads an {@link OnnxGraph} from a file without running it: names, shapes and what weights it
 * needs. Field numbers are those of onnx.proto.
 */
final class OnnxReader {
  private final List<TensorInfo> inputs = new ArrayList<>();
  private final List<TensorInfo> outputs = new ArrayList<>();
  private final Set<String> initializers = new HashSet<>();
  private final TreeMap<String, Integer> operators = new TreeMap<>();
  private final TreeMap<Integer, Long> weightBytes = new TreeMap<>();

  private OnnxReader() {}

  /**
   * Reads a graph.
   *
   * @throws IOException if the file cannot be read or is no whole ONNX model; the message says why
   */
  static OnnxGraph read(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      if (channel.size() > Integer.MAX_VALUE) { // a limit of protobuf
        throw new IOException("no ONNX file is larger than " + Integer.MAX_VALUE + " bytes");
      }
      ByteBuffer bytes = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size());
      OnnxReader reader = new OnnxReader();
      reader.model(new ProtobufReader(bytes.duplicate()));
      return reader.graph(ExternalFiles.of(bytes));
    }
  }

  private OnnxGraph graph(Set<String> externalFiles) throws IOException {
    if (operators.isEmpty() || outputs.isEmpty()) {
      throw new IOException("it holds no graph");
    }
    inputs.removeIf(input -> initializers.contains(input.name())); // as old exports list them
    return new OnnxGraph(
        List.copyOf(inputs), List.copyOf(outputs), operators, weightBytes, externalFiles);
  }

  private void model(ProtobufReader model) throws IOException {
    boolean namesOperatorSet = false; // exports write it last
    while (model.next()) {
      switch (model.field()) {
        case 7 -> graph(model.message());
        case 8 -> namesOperatorSet = true;
        default -> {}
      }
    }
    if (!operators.isEmpty() && !namesOperatorSet) {
      throw new IOException("it ends behind its graph");
    }
  }

  private void graph(ProtobufReader graph) throws IOException {
    while (graph.next()) {
      switch (graph.field()) {
        case 1 -> node(graph.message());
        case 5 -> initializer(graph.message());
        case 11 -> inputs.add(tensor(graph.message()));
        case 12 -> outputs.add(tensor(graph.message()));
        default -> {}
      }
    }
  }

  private void node(ProtobufReader node) throws IOException {
    while (node.next()) {
      if (node.field() == 4) {
        operators.merge(node.string(), 1, Integer::sum);
      }
    }
  }

  private void initializer(ProtobufReader tensor) throws IOException {
    int type = 0;
    long size = 0;
    while (tensor.next()) {
      switch (tensor.field()) {
        case 2 -> type = (int) tensor.number();
        case 8 -> initializers.add(tensor.string());
        case 9 -> size += tensor.bytes().remaining();
        case 13 -> size += length(ExternalEntry.read(tensor.message()));
        default -> {}
      }
    }
    weightBytes.merge(type, size, Long::sum);
  }

  /** Returns the length of an external tensor, where this entry tells it. */
  private static long length(ExternalEntry entry) throws IOException {
    return entry.key().equals("length") ? length(entry.value()) : 0;
  }

  private static long length(String value) throws IOException {
    try {
      return Long.parseLong(value);
    } catch (NumberFormatException e) {
      throw new IOException("external weights have the length " + value, e);
    }
  }

  private static TensorInfo tensor(ProtobufReader valueInfo) throws IOException {
    String name = "";
    TensorInfo type = new TensorInfo("", 0, List.of());
    while (valueInfo.next()) {
      switch (valueInfo.field()) {
        case 1 -> name = valueInfo.string();
        case 2 -> type = type(valueInfo.message());
        default -> {}
      }
    }
    return new TensorInfo(name, type.elementType(), type.shape());
  }

  private static TensorInfo type(ProtobufReader type) throws IOException {
    int elementType = 0;
    List<Long> shape = List.of();
    while (type.next()) {
      if (type.field() != 1) { // not a tensor
        continue;
      }
      ProtobufReader tensor = type.message();
      while (tensor.next()) {
        switch (tensor.field()) {
          case 1 -> elementType = (int) tensor.number();
          case 2 -> shape = shape(tensor.message());
          default -> {}
        }
      }
    }
    return new TensorInfo("", elementType, shape);
  }

  private static List<Long> shape(ProtobufReader shape) throws IOException {
    List<Long> axes = new ArrayList<>();
    while (shape.next()) {
      if (shape.field() == 1) {
        long length = TensorInfo.DYNAMIC;
        ProtobufReader axis = shape.message();
        while (axis.next()) {
          if (axis.field() == 1) {
            length = axis.number();
          }
        }
        axes.add(length);
      }
    }
    return axes;
  }
}
