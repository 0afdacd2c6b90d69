package io.winnow.operators.config;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** One reading of a file: what was wrong so far, and the sections that were opened. */
final class Document {
  private final String name;
  private final Substitution substitution;
  private final Secrets secrets = new Secrets();
  private final List<Problem> problems = new ArrayList<>();
  private final List<Section> sections = new ArrayList<>();

  Document(String name, Substitution substitution) {
    this.name = name;
    this.substitution = substitution;
  }

  void opened(Section section) {
    sections.add(section);
  }

  void problem(int line, String path, String what) {
    String text = "%s:%d: %s: %s".formatted(name, line, path, what);
    problems.add(new Problem(line, text.replaceAll("\\R\\s*", " ")));
  }

  /** Returns the value with its substitutions; empty, with the problem noted, where one fails. */
  Optional<Scalar> scalar(ScalarNode node, String path) {
    try {
      return Optional.of(substitution.resolve(node, secrets));
    } catch (UnresolvedException e) {
      problem(line(node), path, e.getMessage());
      return Optional.empty();
    }
  }

  Secrets secrets() {
    return secrets;
  }

  void throwIfFaulty() throws ConfigurationException {
    sections.forEach(Section::reportUnknownKeys);
    if (!problems.isEmpty()) {
      throw new ConfigurationException(
          problems.stream()
              .sorted(Comparator.comparingInt(Problem::line)) // stable: within a line, as met
              .map(Problem::text)
              .distinct()
              .toList());
    }
  }

  static int line(Node node) {
    return node.getStartMark().map(mark -> mark.getLine() + 1).orElse(1);
  }

  /** Returns what the node is, with the value of a scalar as it stands in the file. */
  static String form(Node node) {
    if (node instanceof ScalarNode scalar) {
      return Scalar.literal(scalar).shown();
    }

    return node instanceof SequenceNode ? "a list" : "a mapping";
  }

  private record Problem(int line, String text) {}
}
