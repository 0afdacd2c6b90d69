package io.winnow.operators.model;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.winnow.operators.config.ConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Model folders for tests: the tiny models of the parity tests, and copies to break. */
public final class Bundles {
  private static final Path PARITY = Path.of("src/test/resources/parity");
  private static final ObjectMapper JSON = new ObjectMapper();

  private Bundles() {}

  /** Returns the folder of a tiny model, not to be written to. */
  public static Path folder(String name) {
    return PARITY.resolve(name);
  }

  public static ModelBundle read(String name) throws ConfigurationException {
    return BundleReader.read(folder(name), HeadOptions.NONE);
  }

  /** Copies a tiny model into a new folder. */
  public static Path copy(String name, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(folder(name))) {
      for (Path file : files.sorted().toList()) {
        Path target = to.resolve(folder(name).relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(target);
        } else {
          Files.copy(file, target);
        }
      }
    }
    return to;
  }

  /** Makes a bundle of a graph with the tokenizer of a tiny BERT and no {@code config.json}. */
  public static Path of(TinyGraph graph, Path to) throws IOException {
    Files.createDirectories(to);
    Files.copy(folder("bert-text").resolve("tokenizer.json"), to.resolve("tokenizer.json"));
    graph.write(to.resolve("model.onnx"));
    return to;
  }

  /** Makes a bundle of three labels whose graph gives two logits, which only a run shows. */
  public static Path ofTooManyLabels(Path to) throws IOException {
    TinyGraph graph =
        TinyGraph.ofIds(TinyGraph.INT64)
            .textLogits("stated", 1, 2)
            .node("Identity", List.of("stated"), "logits")
            .output("logits", TinyGraph.FLOAT, -1, -1);
    of(graph, to);
    settings(
        to, "heads: [{name: a, task: text-classification, output: logits, labels: [x, y, z]}]");
    return to;
  }

  public static void settings(Path folder, String yaml) throws IOException {
    Files.writeString(folder.resolve("winnow.yaml"), yaml);
  }

  /** Changes a JSON file of a copy. */
  public static void edit(Path file, Consumer<ObjectNode> change) throws IOException {
    ObjectNode json = (ObjectNode) requireNonNull(JSON.readTree(file.toFile()));
    change.accept(json);
    JSON.writeValue(file.toFile(), json);
  }

  public static void labels(Path folder, List<String> labels) throws IOException {
    edit(
        folder.resolve("config.json"),
        config -> {
          ObjectNode id2label = config.putObject("id2label");
          for (int i = 0; i < labels.size(); i++) {
            id2label.put(Integer.toString(i), labels.get(i));
          }
        });
  }
}
