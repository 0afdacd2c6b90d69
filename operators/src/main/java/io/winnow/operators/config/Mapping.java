package io.winnow.operators.config;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** The entries of a mapping, and where each of them stands. */
final class Mapping {
  private final String path;
  private final int line;
  private final Map<String, NodeTuple> entries = new LinkedHashMap<>();

  private Mapping(String path, int line) {
    this.path = path;
    this.line = line;
  }

  /** Returns a mapping without entries. */
  static Mapping empty(String path, int line) {
    return new Mapping(path, line);
  }

  /** Notes a problem for each key that is no scalar or stands twice. */
  static Mapping of(Document document, String path, int line, MappingNode node) {
    Mapping mapping = new Mapping(path, line);
    for (NodeTuple entry : node.getValue()) {
      if (entry.getKeyNode() instanceof ScalarNode key) {
        mapping.add(document, key, entry);
      } else {
        String found = Document.form(entry.getKeyNode());
        document.problem(
            Document.line(entry.getKeyNode()),
            path.isEmpty() ? "the root" : path,
            "expected a string as key, found " + found);
      }
    }

    return mapping;
  }

  private void add(Document document, ScalarNode key, NodeTuple entry) {
    NodeTuple earlier = entries.putIfAbsent(key.getValue(), entry);
    if (earlier != null) {
      document.problem(
          Document.line(key),
          pathOf(key.getValue()),
          "this key already stands on line %d; remove one of them"
              .formatted(Document.line(earlier.getKeyNode())));
    }
  }

  String path() {
    return path;
  }

  Set<String> keys() {
    return new LinkedHashSet<>(entries.keySet());
  }

  Optional<Node> node(String key) {
    return Optional.ofNullable(entries.get(key)).map(NodeTuple::getValueNode);
  }

  String pathOf(String key) {
    return path.isEmpty() ? key : path + "." + key;
  }

  String pathOf(String key, int index) {
    return "%s[%d]".formatted(pathOf(key), index);
  }

  /** Returns the line of the key, or of this mapping where it has no such key. */
  int keyLine(String key) {
    NodeTuple entry = entries.get(key);
    return entry == null ? line : Document.line(entry.getKeyNode());
  }

  /** Returns the line of the value, or of this mapping where it has no such key. */
  int valueLine(String key) {
    return node(key).map(Document::line).orElse(line);
  }
}
