package io.winnow.operators.model;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Finds every file that an ONNX model takes tensors from. Weights are initializers as a rule, but
 * attributes of nodes, graphs inside of graphs, sparse tensors and functions can hold tensors, too:
 * one that was overlooked would be read from anywhere, and be no part of a fingerprint.
 *
 * <p>Field numbers are those of onnx.proto.
 */
final class ExternalFiles {
  private static final int MAX_DEPTH = 32; // of graphs in graphs; real ones have two or three

  private final SortedSet<String> locations = new TreeSet<>();

  private ExternalFiles() {}

  /** Returns the locations as the model names them. */
  static SortedSet<String> of(ByteBuffer model) throws IOException {
    ExternalFiles files = new ExternalFiles();
    files.model(new ProtobufReader(model));
    return files.locations;
  }

  private void model(ProtobufReader model) throws IOException {
    while (model.next()) {
      switch (model.field()) {
        case 7 -> graph(model.message(), 1);
        case 20 -> training(model.message());
        case 25 -> function(model.message());
        default -> {}
      }
    }
  }

  private void training(ProtobufReader training) throws IOException {
    while (training.next()) {
      if (training.field() == 1 || training.field() == 2) {
        graph(training.message(), 1);
      }
    }
  }

  private void function(ProtobufReader function) throws IOException {
    while (function.next()) {
      switch (function.field()) {
        case 7 -> node(function.message(), 1);
        case 11 -> attribute(function.message(), 1);
        default -> {}
      }
    }
  }

  private void graph(ProtobufReader graph, int depth) throws IOException {
    if (depth > MAX_DEPTH) {
      throw new IOException("its graphs are nested more than " + MAX_DEPTH + " deep");
    }
    while (graph.next()) {
      switch (graph.field()) {
        case 1 -> node(graph.message(), depth);
        case 5 -> tensor(graph.message());
        case 15 -> sparseTensor(graph.message());
        default -> {}
      }
    }
  }

  private void node(ProtobufReader node, int depth) throws IOException {
    while (node.next()) {
      if (node.field() == 5) {
        attribute(node.message(), depth);
      }
    }
  }

  private void attribute(ProtobufReader attribute, int depth) throws IOException {
    while (attribute.next()) {
      switch (attribute.field()) {
        case 5, 10 -> tensor(attribute.message());
        case 6, 11 -> graph(attribute.message(), depth + 1);
        case 22, 23 -> sparseTensor(attribute.message());
        default -> {}
      }
    }
  }

  private void sparseTensor(ProtobufReader sparse) throws IOException {
    while (sparse.next()) {
      if (sparse.field() == 1 || sparse.field() == 2) {
        tensor(sparse.message());
      }
    }
  }

  private void tensor(ProtobufReader tensor) throws IOException {
    while (tensor.next()) {
      if (tensor.field() == 13) {
        add(ExternalEntry.read(tensor.message()));
      }
    }
  }

  private void add(ExternalEntry entry) {
    if (entry.key().equals("location")) {
      locations.add(entry.value());
    }
  }
}
