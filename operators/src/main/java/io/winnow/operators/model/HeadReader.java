package io.winnow.operators.model;

import io.winnow.operators.model.BundleSettings.HeadSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Puts together what the files of a bundle say of its heads, and holds it against the graph. */
final class HeadReader {
  private static final String ONLY_HEAD = "default";
  private static final float MULTI_LABEL_THRESHOLD = 0.5f;

  /** float, float16 and bfloat16; 0 where an export states no type: the first run will tell. */
  private static final Set<Integer> FLOATS = Set.of(0, 1, 10, 16);

  private final Path folder;
  private final BundleSettings settings;
  private final HuggingFaceConfig config;
  private final @Nullable OnnxGraph graph;
  private final List<String> problems;

  HeadReader(
      Path folder,
      BundleSettings settings,
      HuggingFaceConfig config,
      @Nullable OnnxGraph graph,
      List<String> problems) {
    this.folder = folder;
    this.settings = settings;
    this.config = config;
    this.graph = graph;
    this.problems = problems;
  }

  List<Head> heads() {
    List<Head> heads = new ArrayList<>();
    if (settings.heads().isEmpty()) {
      fromConfig().ifPresent(heads::add);
    }
    Set<String> names = new HashSet<>();
    for (HeadSettings head : settings.heads()) {
      if (!names.add(head.name())) {
        problems.add("%s: there are two heads named %s".formatted(settingsFile(), head.name()));
      }
      fromSettings(head).ifPresent(heads::add);
    }
    return heads;
  }

  /** Returns a text that two lists of heads share only if they give the same answers. */
  static String canonical(List<Head> heads) {
    StringBuilder text = new StringBuilder();
    for (Head head : heads) { // a map's own order differs between runs
      Map<String, Float> thresholds = new TreeMap<>(head.thresholds());
      text.append(head.name()).append('\0').append(head.task()).append('\0');
      text.append(head.output()).append('\0').append(String.join("\0", head.labels()));
      text.append('\0').append(head.problemType()).append('\0').append(head.aggregation());
      text.append('\0').append(head.topK()).append('\0').append(head.minScore());
      text.append('\0').append(thresholds).append('\1');
    }
    return text.toString();
  }

  private Optional<Head> fromConfig() {
    Optional<Task> task = config.task();
    if (task.isEmpty()) {
      problems.add(taskProblem());
      return Optional.empty();
    }
    ProblemType type = defaultType(task.get(), config.labels());
    return outputName(Optional.empty(), "the model")
        .flatMap(output -> labels(config.labels(), output, task.get(), "config.json"))
        .map(
            output ->
                new Head(
                    ONLY_HEAD,
                    task.get(),
                    output.name(),
                    config.labels(),
                    type,
                    Aggregation.SIMPLE,
                    defaultTopK(type),
                    defaultMinScore(task.get(), type, config.labels()),
                    Map.of()));
  }

  private Optional<Head> fromSettings(HeadSettings head) {
    List<String> labels = head.labels().isEmpty() ? config.labels() : head.labels();
    ProblemType type = head.problemType().orElse(defaultType(head.task(), labels));
    new HeadSettingsCheck(settingsFile(), head, problems).check(type, labels);
    return outputName(head.output(), "head " + head.name())
        .flatMap(output -> labels(labels, output, head.task(), "head " + head.name()))
        .map(
            output ->
                new Head(
                    head.name(),
                    head.task(),
                    output.name(),
                    labels,
                    type,
                    head.aggregation().orElse(Aggregation.SIMPLE),
                    head.topK().orElse(defaultTopK(type)),
                    head.minScore()
                        .map(Double::floatValue)
                        .orElse(defaultMinScore(head.task(), type, labels)),
                    head.thresholds()));
  }

  private ProblemType defaultType(Task task, List<String> labels) {
    return task == Task.TEXT_CLASSIFICATION
        ? config.problemType(labels.size())
        : ProblemType.SINGLE_LABEL_CLASSIFICATION;
  }

  private static int defaultTopK(ProblemType type) {
    return type == ProblemType.SINGLE_LABEL_CLASSIFICATION ? 1 : Integer.MAX_VALUE;
  }

  /** Of several labels those count that hold; a single one is a score that users look at. */
  private static float defaultMinScore(Task task, ProblemType type, List<String> labels) {
    return task == Task.TEXT_CLASSIFICATION
            && type == ProblemType.MULTI_LABEL_CLASSIFICATION
            && labels.size() > 1
        ? MULTI_LABEL_THRESHOLD
        : 0;
  }

  private String taskProblem() {
    String found =
        config.isPresent()
            ? "config.json names "
                + (config.architecture().isEmpty() ? "no architecture" : config.architecture())
            : Files.exists(folder.resolve("config.json"))
                ? "its config.json cannot be read"
                : "there is no config.json";
    return "Expected a model for text-classification or token-classification in %s, but %s; export"
            .formatted(folder, found)
        + " it with that task, or name its heads in winnow.yaml";
  }

  /** Returns the output of the graph that a head reads: the named one, or the only one. */
  private Optional<TensorInfo> outputName(Optional<String> name, String owner) {
    if (graph == null) {
      return Optional.empty();
    }
    List<TensorInfo> outputs = graph.outputs();
    String wanted = name.orElse(outputs.size() == 1 ? outputs.get(0).name() : "logits");
    Optional<TensorInfo> output = outputs.stream().filter(o -> o.name().equals(wanted)).findFirst();
    if (output.isEmpty()) {
      problems.add(
          "Expected an output %s for %s, but the graph in %s has only %s"
              .formatted(wanted, owner, folder, outputs.stream().map(TensorInfo::name).toList()));
    }
    return output;
  }

  private Optional<TensorInfo> labels(
      List<String> labels, TensorInfo output, Task task, String owner) {
    if (labels.isEmpty()) {
      problems.add(
          "Expected labels of %s in %s; config.json needs id2label with every index from 0, or the head labels in winnow.yaml"
              .formatted(owner, folder));
      return Optional.empty();
    }
    if (new HashSet<>(labels).size() < labels.size()) {
      problems.add("%s in %s names a label twice".formatted(owner, folder));
    }
    if (!FLOATS.contains(output.elementType())) {
      problems.add(
          "Expected logits as floats for %s, but the graph in %s has %s of ONNX type %d"
              .formatted(owner, folder, output.name(), output.elementType()));
    }
    int axes = task == Task.TEXT_CLASSIFICATION ? 2 : 3;
    List<Long> shape = output.shape();
    if (shape.isEmpty()) { // an export that states no shape: the first run will tell
      return Optional.of(output);
    }
    long width = shape.get(shape.size() - 1);
    if (shape.size() != axes) {
      problems.add(
          "Expected an output with %d axes for %s (%s), but the graph in %s has %s"
              .formatted(axes, owner, task.code(), folder, output));
    } else if (width != TensorInfo.DYNAMIC && width != labels.size()) {
      problems.add(
          "%s in %s names %d labels, but the graph's output %s has %d values"
              .formatted(owner, folder, labels.size(), output.name(), width));
    }
    return Optional.of(output);
  }

  private Path settingsFile() {
    return folder.resolve(BundleSettings.FILE);
  }
}
