package io.winnow.operators.config;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
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
  private final Mapping mapping;
  private final boolean absent; // then a problem is noted already, and nothing is missed in it
  private final Set<String> known = new LinkedHashSet<>();
  private final Set<String> faulty = new HashSet<>(); // keys, and elements as paths

  private Section(Document document, Mapping mapping, boolean absent) {
    this.document = document;
    this.mapping = mapping;
    this.absent = absent;
  }

  static Section of(Document document, String path, int line, MappingNode node) {
    Section section = new Section(document, Mapping.of(document, path, line, node), false);
    document.opened(section);
    return section;
  }

  /** Returns whether the key is there, with whatever value. */
  public boolean has(String key) {
    known.add(key);
    return mapping.node(key).isPresent();
  }

  /** Returns the keys in the order of the file. */
  public Set<String> keys() {
    return mapping.keys();
  }

  public <T> T required(String key, Kind<T> kind) {
    return requiredNode(key, kind.expected())
        .flatMap(node -> value(key, mapping.pathOf(key), node, kind))
        .orElse(kind.harmless());
  }

  public <T> Optional<T> optional(String key, Kind<T> kind) {
    return node(key).flatMap(node -> value(key, mapping.pathOf(key), node, kind));
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

  /** Reads a section; ask once for each, as it is the section that knows its keys. */
  public Section section(String key) {
    return requiredNode(key, "a mapping")
        .map(node -> nested(key, mapping.pathOf(key), mapping.keyLine(key), node))
        .orElseGet(() -> absent(mapping.pathOf(key), mapping.keyLine(key)));
  }

  public Optional<Section> optionalSection(String key) {
    return node(key).map(node -> nested(key, mapping.pathOf(key), mapping.keyLine(key), node));
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
      document.problem(mapping.valueLine(key), mapping.pathOf(key), what);
    }
  }

  /** Notes a problem of one element of a list that was read, unless the list has one already. */
  public void problem(String key, int index, String what) {
    Node node = node(key).orElse(null);
    if (!(node instanceof SequenceNode sequence)) {
      problem(key, what);
    } else if (!faulty.contains(key) && faulty.add(mapping.pathOf(key, index))) {
      document.problem(
          Document.line(sequence.getValue().get(index)), mapping.pathOf(key, index), what);
    }
  }

  /** Returns a key's value as a message may show it: its origin where it was substituted. */
  public String shown(String key) {
    Node node = mapping.node(key).orElse(null);
    if (node instanceof ScalarNode scalar) {
      return document.scalar(scalar, mapping.pathOf(key)).map(Scalar::shown).orElse("nothing");
    }

    return node == null ? "nothing" : Document.form(node);
  }

  /** Has messages show a key's name instead of its value, which may be a secret. */
  public void conceal(String key) {
    if (mapping.node(key).orElse(null) instanceof ScalarNode scalar) {
      document
          .scalar(scalar, mapping.pathOf(key))
          .filter(value -> !value.substituted()) // that has an origin already
          .ifPresent(
              value -> document.secrets().add(value.text(), "<" + mapping.pathOf(key) + ">"));
    }
  }

  /** Returns what was substituted into the file, as far as it was read. */
  public Secrets secrets() {
    return document.secrets();
  }

  @Override
  public String toString() {
    return mapping.path().isEmpty() ? "the root section" : "section " + mapping.path();
  }

  void reportUnknownKeys() {
    for (String key : mapping.keys()) {
      if (!known.contains(key)) {
        String hint =
            Nearest.to(key, known)
                .map("did you mean '%s'?"::formatted)
                .orElse("known here: " + String.join(", ", known));
        document.problem(mapping.keyLine(key), mapping.pathOf(key), "unknown key; " + hint);
      }
    }
  }

  private Optional<Node> node(String key) {
    known.add(key);
    return mapping.node(key);
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
      return value(key, mapping.pathOf(key), node, kind).map(List::of).orElse(List.of());
    }

    List<Node> elements = atLeastOne(key, sequence);
    List<T> values = new ArrayList<>();
    for (int i = 0; i < elements.size(); i++) {
      value(key, mapping.pathOf(key, i), elements.get(i), kind).ifPresent(values::add);
    }
    return values;
  }

  private List<Section> sections(String key, Node node) {
    if (!(node instanceof SequenceNode sequence)) {
      mismatch(key, mapping.pathOf(key), node, "a list of mappings");
      return List.of();
    }

    List<Node> elements = atLeastOne(key, sequence);
    List<Section> sections = new ArrayList<>();
    for (int i = 0; i < elements.size(); i++) {
      Node element = elements.get(i);
      sections.add(nested(key, mapping.pathOf(key, i), Document.line(element), element));
    }
    return sections;
  }

  private List<Node> atLeastOne(String key, SequenceNode sequence) {
    if (sequence.getValue().isEmpty()) {
      problem(key, "expected at least one element, found none");
    }

    return sequence.getValue();
  }

  private Section nested(String key, String sectionPath, int sectionLine, Node node) {
    if (node instanceof MappingNode entries) {
      return of(document, sectionPath, sectionLine, entries);
    }

    mismatch(key, sectionPath, node, "a mapping");
    return absent(sectionPath, sectionLine);
  }

  private Section absent(String sectionPath, int sectionLine) {
    return new Section(document, Mapping.empty(sectionPath, sectionLine), true);
  }

  private void mismatch(String key, String valuePath, Node node, String expected) {
    faulty.add(key);
    document.problem(
        Document.line(node),
        valuePath,
        "expected %s, found %s".formatted(expected, Document.form(node)));
  }
}
