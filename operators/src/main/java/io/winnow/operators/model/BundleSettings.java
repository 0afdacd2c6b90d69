package io.winnow.operators.model;

import io.winnow.operators.config.ConfigurationException;
import io.winnow.operators.config.Kind;
import io.winnow.operators.config.Section;
import io.winnow.operators.config.YamlFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the optional {@code winnow.yaml} of a bundle says; empty where it says nothing. */
record BundleSettings(
    Optional<String> name,
    Optional<String> version,
    Optional<String> graph,
    Optional<Integer> windowTokens,
    Optional<Integer> windowStride,
    Optional<Integer> windowLimit,
    WindowLimits.Overflow windowOverflow,
    List<HeadSettings> heads,
    Optional<Seal> seal) {

  static final String FILE = "winnow.yaml";

  private static final Kind<String> INNER_PATH =
      Kind.parsed("a path inside the bundle's folder", "", BundleSettings::innerPath);

  static final BundleSettings NONE =
      new BundleSettings(
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          WindowLimits.Overflow.REJECT,
          List.of(),
          Optional.empty());

  static BundleSettings read(Path folder, List<String> problems) {
    Path file = folder.resolve(FILE);
    if (!Files.exists(file)) {
      return NONE;
    }
    try {
      return YamlFile.read(file).as(BundleSettings::of);
    } catch (ConfigurationException e) {
      problems.addAll(e.problems());
      return NONE;
    }
  }

  /** Reads the file whatever its seal is like; one that cannot be read is left out. */
  static BundleSettings readUnsealed(Path folder, List<String> problems) {
    List<String> withSeal = new ArrayList<>();
    BundleSettings settings = read(folder, withSeal);
    if (withSeal.isEmpty()) {
      return settings;
    }
    Path file = folder.resolve(FILE);
    try {
      return parse(file, SealText.without(Files.readString(file)));
    } catch (ConfigurationException e) {
      problems.addAll(e.problems());
    } catch (IOException e) {
      problems.addAll(withSeal);
    }
    return NONE;
  }

  /** Parses the text of a file; one without keys, as a seal may leave it, says nothing. */
  static BundleSettings parse(Path file, String yaml) throws ConfigurationException {
    boolean empty = yaml.lines().allMatch(line -> line.isBlank() || line.strip().startsWith("#"));
    return empty ? NONE : YamlFile.parse(file.toString(), yaml).as(BundleSettings::of);
  }

  BundleSettings unsealed() {
    return new BundleSettings(
        name,
        version,
        graph,
        windowTokens,
        windowStride,
        windowLimit,
        windowOverflow,
        heads,
        Optional.empty());
  }

  private static BundleSettings of(Section root) {
    Optional<Section> window = root.optionalSection("window");
    return new BundleSettings(
        root.optional("name", Kind.string()),
        root.optional("version", Kind.string()),
        root.optional("graph", INNER_PATH),
        window.flatMap(w -> w.optional("tokens", Kind.integer(WindowLimits.LEAST_TOKENS))),
        window.flatMap(w -> w.optional("stride", Kind.integer(0))),
        window.flatMap(w -> w.optional("limit", Kind.integer(1))),
        window
            .flatMap(w -> w.optional("overflow", Kind.choice(WindowLimits.Overflow.class)))
            .orElse(WindowLimits.Overflow.REJECT),
        root.optionalSections("heads").stream().map(HeadSettings::of).toList(),
        root.optionalSection("seal").map(SealReader::read));
  }

  private static String innerPath(String text) {
    Path path = Path.of(text).normalize();
    if (path.isAbsolute() || path.startsWith("..")) {
      throw new IllegalArgumentException(text);
    }
    return text;
  }

  /** What {@code winnow.yaml} says of one head. */
  record HeadSettings(
      String name,
      Task task,
      Optional<String> output,
      List<String> labels,
      Optional<ProblemType> problemType,
      Optional<Aggregation> aggregation,
      Optional<Integer> topK,
      Optional<Double> minScore,
      Map<String, Float> thresholds) {

    private static HeadSettings of(Section head) {
      return new HeadSettings(
          head.required("name", Kind.string()),
          head.required("task", Kind.choice(Task.class)),
          head.optional("output", Kind.string()),
          head.optionalList("labels", Kind.string()),
          head.optional("problem-type", Kind.choice(ProblemType.class)),
          head.optional("aggregation", Kind.choice(Aggregation.class)),
          head.optional("top-k", Kind.integer(1)),
          head.optional("min-score", Kind.number(0, 1)),
          head.optionalSection("thresholds").map(HeadSettings::thresholds).orElse(Map.of()));
    }

    private static Map<String, Float> thresholds(Section section) {
      Map<String, Float> thresholds = new LinkedHashMap<>();
      for (String label : section.keys()) {
        double threshold = section.required(label, Kind.number(0, 1));
        thresholds.put(label, (float) threshold);
      }
      return thresholds;
    }
  }
}
