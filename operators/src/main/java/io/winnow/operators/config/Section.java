package io.winnow.operators.config;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * A mapping of a YAML file. What it is asked for, it knows; any other key is a problem.
 *
 * <p>A problem is noted, and a harmless value returned: {@link YamlFile#as} reports all of them. Of
 * several problems of one key only the first is noted.
 */
public final class Section {
  private final Document document;
  private final String path;
  private final int line;
  private final boolean absent; // then a problem is noted already, and nothing is missed in it
  private final Map<String, NodeTuple> entries = new LinkedHashMap<>();
  private final Set<String> known = new LinkedHashSet<>();
  private final Set<String> faulty = new HashSet<>();

  private Section(Document document, String path, int line, boolean absent) {
    this.document = document;
    this.path = path;
    this.line = line;
    this.absent = absent;
  }

  static Section of(Document document, String path, int line, MappingNode mapping) {
    Section section = new Section(document, path, line, false);
    mapping.getValue().forEach(section::add);
    document.opened(section);
    return section;
  }

  /** Returns whether the key is there, with whatever value. */
  public boolean has(String key) {
    known.add(key);
    return entries.containsKey(key);
  }

  /** Returns the keys in the order of the file. */
  public Set<String> keys() {
    return new LinkedHashSet<>(entries.keySet());
  }

  public <T> T required(String key, Kind<T> kind) {
    return requiredNode(key, kind.expected())
        .flatMap(node -> value(key, pathOf(key), node, kind))
        .orElse(kind.harmless());
  }

  public <T> Optional<T> optional(String key, Kind<T> kind) {
    return node(key).flatMap(node -> value(key, pathOf(key), node, kind));
  }

  public <T> T optional(String key, Kind<T> kind, T fallback) {
    return optional(key, kind).orElse(fallback);
  }

  /** Reads a list of at least one value; a single value is a list of one. */
  public <T> List<T> list(String key, Kind<T> kind) {
    return requiredNode(key, "a list, each " + kind.expected())
        .map(node -> values(key, node, kind))
        .orElse(List.of());
  }

  /** Reads a list of at least one value, or returns an empty one where the key is not there. */
  public <T> List<T> optionalList(String key, Kind<T> kind) {
    return node(key).map(node -> values(key, node, kind)).orElse(List.of());
  }

  /** Reads every key of this section as a string; numbers and booleans need no quotes. */
  public Map<String, String> strings() {
    Map<String, String> strings = new LinkedHashMap<>();
    for (String key : keys()) {
      optional(key, Kind.scalar()).ifPresent(text -> strings.put(key, text));
    }

    return strings;
  }

  public Section section(String key) {
    return requiredNode(key, "a mapping")
        .map(node -> nested(key, pathOf(key), keyLine(key), node))
        .orElseGet(() -> new Section(document, pathOf(key), line, true));
  }

  public Optional<Section> optionalSection(String key) {
    return node(key).map(node -> nested(key, pathOf(key), keyLine(key), node));
  }

  /** Reads a list of at least one section. */
  public List<Section> sections(String key) {
    return requiredNode(key, "a list of mappings")
        .map(node -> sections(key, node))
        .orElse(List.of());
  }

  /** Reads a list of at least one section, or returns an empty one where the key is not there. */
  public List<Section> optionalSections(String key) {
    return node(key).map(node -> sections(key, node)).orElse(List.of());
  }

  /**
   * Notes a problem of a key's value, unless there is one already.
   *
   * @param what what was expected and found; a value only as {@link #shown} gives it
   */
  public void problem(String key, String what) {
    if (!absent && faulty.add(key)) {
      document.problem(valueLine(key), pathOf(key), what);
    }
  }

  /** Returns a key's value as a message may show it: its origin where it was substituted. */
  public String shown(String key) {
    NodeTuple entry = entries.get(key);
    if (entry == null) {
      return "nothing";
    }
    if (entry.getValueNode() instanceof ScalarNode scalar) {
      return document.scalar(scalar, pathOf(key)).map(Scalar::shown).orElse("nothing");
    }

    return Document.form(entry.getValueNode());
  }

  /** Returns the dotted path of a key, from the root of the file. */
  public String pathOf(String key) {
    return path.isEmpty() ? key : path + "." + key;
  }

  @Override
  public String toString() {
    return path.isEmpty() ? "the root section" : "section " + path;
  }

  void reportUnknownKeys() {
    for (String key : entries.keySet()) {
      if (!known.contains(key)) {
        String hint =
            Nearest.to(key, known)
                .map("did you mean '%s'?"::formatted)
                .orElse("known here: " + String.join(", ", known));
        document.problem(keyLine(key), pathOf(key), "unknown key; " + hint);
      }
    }
  }

  private void add(NodeTuple entry) {
    if (!(entry.getKeyNode() instanceof ScalarNode key)) {
      String found = Document.form(entry.getKeyNode());
      document.problem(
          Document.line(entry.getKeyNode()), path, "expected a string as key, found " + found);
      return;
    }

    NodeTuple earlier = entries.putIfAbsent(key.getValue(), entry);
    if (earlier != null) {
      document.problem(
          Document.line(key),
          pathOf(key.getValue()),
          "this key already stands on line %d; remove one of them"
              .formatted(Document.line(earlier.getKeyNode())));
    }
  }

  private Optional<Node> node(String key) {
    known.add(key);
    return Optional.ofNullable(entries.get(key)).map(NodeTuple::getValueNode);
  }

  private Optional<Node> requiredNode(String key, String expected) {
    Optional<Node> node = node(key);
    if (node.isEmpty()) {
      problem(key, "missing; expected " + expected);
    }

    return node;
  }

  private <T> Optional<T> value(String key, String valuePath, Node node, Kind<T> kind) {
    Optional<T> value = Optional.empty();
    if (node instanceof ScalarNode scalarNode) {
      Optional<Scalar> scalar = document.scalar(scalarNode, valuePath);
      value = scalar.flatMap(kind::read);
      if (value.isEmpty() && scalar.isPresent()) {
        document.problem(Document.line(node), valuePath, kind.mismatch(scalar.get()));
      }
    } else {
      mismatch(key, valuePath, node, kind.expected());
    }

    if (value.isEmpty()) {
      faulty.add(key);
    }
    return value;
  }

  private <T> List<T> values(String key, Node node, Kind<T> kind) {
    if (!(node instanceof SequenceNode sequence)) {
      return value(key, pathOf(key), node, kind).map(List::of).orElse(List.of());
    }

    List<Node> elements = atLeastOne(key, sequence);
    List<T> values = new ArrayList<>();
    for (int i = 0; i < elements.size(); i++) {
      value(key, elementPath(key, i), elements.get(i), kind).ifPresent(values::add);
    }
    return values;
  }

  private List<Section> sections(String key, Node node) {
    if (!(node instanceof SequenceNode sequence)) {
      mismatch(key, pathOf(key), node, "a list of mappings");
      return List.of();
    }

    List<Node> elements = atLeastOne(key, sequence);
    List<Section> sections = new ArrayList<>();
    for (int i = 0; i < elements.size(); i++) {
      Node element = elements.get(i);
      sections.add(nested(key, elementPath(key, i), Document.line(element), element));
    }
    return sections;
  }

  private List<Node> atLeastOne(String key, SequenceNode sequence) {
    if (sequence.getValue().isEmpty()) {
      problem(key, "expected at least one element, found none");
    }

    return sequence.getValue();
  }

  private String elementPath(String key, int index) {
    return "%s[%d]".formatted(pathOf(key), index);
  }

  private Section nested(String key, String sectionPath, int sectionLine, Node node) {
    if (node instanceof MappingNode mapping) {
      return of(document, sectionPath, sectionLine, mapping);
    }

    mismatch(key, sectionPath, node, "a mapping");
    return new Section(document, sectionPath, sectionLine, true);
  }

  private void mismatch(String key, String valuePath, Node node, String expected) {
    faulty.add(key);
    document.problem(
        Document.line(node),
        valuePath,
        "expected %s, found %s".formatted(expected, Document.form(node)));
  }

  private int keyLine(String key) {
    @Nullable NodeTuple entry = entries.get(key);
    return entry == null ? line : Document.line(entry.getKeyNode());
  }

  private int valueLine(String key) {
    @Nullable NodeTuple entry = entries.get(key);
    return entry == null ? line : Document.line(entry.getValueNode());
  }
}
