package io.winnow.operators.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds the graph of a bundle and checks what it takes in. */
final class BundleFiles {
  /** Where exports leave it; a quantized one first, since that is what runs fast on a CPU. */
  private static final List<String> CANDIDATES =
      List.of("model_quantized.onnx", "onnx/model_quantized.onnx", "model.onnx", "onnx/model.onnx");

  private static final Set<String> KNOWN_INPUTS =
      Set.of("input_ids", "attention_mask", "token_type_ids", "position_ids");

  private static final Set<Integer> INTEGERS = Set.of(6, 7); // int32 and int64

  private BundleFiles() {}

  /** A graph's file and what it holds; null if it cannot be read, which is a problem then. */
  record Graph(Path file, @Nullable OnnxGraph content) {}

  static Graph graph(Path folder, BundleSettings settings, List<String> problems) {
    Optional<Path> found = find(folder, settings);
    if (found.isEmpty()) {
      problems.add(
          "Expected the model in %s as %s, found none of them"
              .formatted(folder, settings.graph().orElseGet(() -> String.join(", ", CANDIDATES))));
      return new Graph(folder.resolve(CANDIDATES.get(0)), null);
    }
    Path file = found.get();
    try {
      OnnxGraph content = OnnxReader.read(file);
      checkInputs(file, content, problems);
      checkExternalFiles(folder, file, content, problems);
      return new Graph(file, content);
    } catch (IOException e) {
      problems.add(
          "Expected a whole ONNX model in %s (%d bytes), but %s; copy or export it again"
              .formatted(file, file.toFile().length(), e.getMessage()));
      return new Graph(file, null);
    }
  }

  private static Optional<Path> find(Path folder, BundleSettings settings) {
    return settings.graph().map(List::of).orElse(CANDIDATES).stream()
        .map(folder::resolve)
        .filter(Files::isRegularFile)
        .findFirst();
  }

  private static void checkInputs(Path file, OnnxGraph graph, List<String> problems) {
    List<String> names = graph.inputs().stream().map(TensorInfo::name).toList();
    if (!names.contains("input_ids")) {
      problems.add("Expected an input input_ids in %s, found only %s".formatted(file, names));
    }
    for (TensorInfo input : graph.inputs()) {
      if (!KNOWN_INPUTS.contains(input.name())) {
        problems.add(
            "%s needs the input %s, but Winnow gives only %s; export it without"
                .formatted(file, input.name(), KNOWN_INPUTS.stream().sorted().toList()));
      } else if (!INTEGERS.contains(input.elementType()) || input.shape().size() != 2) {
        problems.add("Expected integers [batch, tokens] in %s, found %s".formatted(file, input));
      } else if (input.shape().get(1) != TensorInfo.DYNAMIC) {
        problems.add(
            "Expected texts of any length in %s, but %s is fixed; export with dynamic axes"
                .formatted(file, input));
      }
    }
  }

  private static void checkExternalFiles(
      Path folder, Path file, OnnxGraph graph, List<String> problems) throws IOException {
    Path beside = file.toAbsolutePath().normalize().getParent();
    for (String external : graph.externalFiles()) {
      Path weights = weights(file, external);
      if (beside == null || weights == null || !weights.startsWith(beside)) {
        problems.add("%s takes weights from %s, outside its folder".formatted(file, external));
      } else if (!Files.isRegularFile(weights)) {
        problems.add(
            "Expected the weights of %s in %s, found nothing; copy the file too"
                .formatted(file, weights));
      } else if (!isInside(weights, folder) && !isInside(weights, file.toRealPath().getParent())) {
        problems.add(
            "%s takes weights from %s, a link out of the folder; copy the file itself"
                .formatted(file, external));
      }
    }
  }

  /** Follows links: those of Hugging Face's cache lead graph and weights to one other folder. */
  private static boolean isInside(Path file, @Nullable Path folder) throws IOException {
    return folder != null && file.toRealPath().startsWith(folder.toRealPath());
  }

  /** Returns where a graph's weights lie; null if that is no path. */
  private static @Nullable Path weights(Path file, String location) {
    try {
      return file.resolveSibling(location).toAbsolutePath().normalize();
    } catch (InvalidPathException e) {
      return null;
    }
  }
}
