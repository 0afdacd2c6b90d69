package io.winnow.jobs.pipeline;

import java.io.Serializable;
import java.util.List;

/**
 * The way to a field that holds text.
 *
 * @param segments names of fields from the root of the event inwards; at least one, none empty
 * @param optional whether an event may lack the field
 */
public record TextPath(List<String> segments, boolean optional) implements Serializable {
  public TextPath {
    if (segments.isEmpty() || segments.stream().anyMatch(String::isBlank)) {
      throw new IllegalArgumentException("A field path must have a name between its dots");
    }

    segments = List.copyOf(segments);
  }

  /** Parses names joined by dots; a question mark at the end says optional. */
  static TextPath parse(String text) {
    boolean optional = text.endsWith("?");
    String path = optional ? text.substring(0, text.length() - 1) : text;
    return new TextPath(List.of(path.split("\\.", -1)), optional);
  }

  /** Returns the path as events name it, without the question mark. */
  @Override
  public String toString() {
    return String.join(".", segments);
  }
}
