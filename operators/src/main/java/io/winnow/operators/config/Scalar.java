package io.winnow.operators.config;

import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * A single value.
 *
 * @param text the value; secret where it is substituted
 * @param written what stands in the file
 * @param tag what YAML takes it for; of no meaning where it is substituted
 */
record Scalar(String text, String written, Tag tag, boolean substituted) {
  private static final int MAX_SHOWN = 80;

  static Scalar literal(ScalarNode node) {
    return new Scalar(node.getValue(), node.getValue(), node.getTag(), false);
  }

  /** A placeholder has no type of its own, so its value may be any. */
  boolean mayBe(Tag expected) {
    return substituted || tag.equals(expected);
  }

  boolean isNothing() {
    return !substituted && tag.equals(Tag.NULL);
  }

  /** Returns the value as a message may show it. */
  String shown() {
    if (substituted) {
      return "<from " + abridged() + ">";
    }
    if (tag.equals(Tag.STR)) {
      return "'" + abridged() + "'";
    }
    if (isNothing()) {
      return "nothing";
    }

    return isPrimitive() ? abridged() : "'%s' tagged %s".formatted(abridged(), tag);
  }

  /** Returns what to do where a string was expected and YAML reads another type. */
  String quotingHint() {
    return !substituted && isPrimitive() ? "; put it in quotes" : "";
  }

  private boolean isPrimitive() {
    return tag.equals(Tag.INT) || tag.equals(Tag.FLOAT) || tag.equals(Tag.BOOL);
  }

  private String abridged() {
    String line = written.replace("\n", "\\n").replace("\r", "\\r");
    return line.length() <= MAX_SHOWN ? line : line.substring(0, MAX_SHOWN) + "...";
  }

  @Override
  public String toString() {
    return shown();
  }
}
