package io.winnow.jobs.format;

import com.fasterxml.jackson.databind.JsonNode;
import io.winnow.jobs.pipeline.TextPath;
import io.winnow.operators.text.Reason;
import io.winnow.operators.text.RejectedException;
import io.winnow.operators.text.TextField;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/** The fields of an event that hold its text. */
record TextPaths(List<TextPath> paths) implements Serializable {
  TextPaths {
    if (paths.isEmpty()) {
      throw new IllegalArgumentException("Expected at least one text path, but found none");
    }

    paths = List.copyOf(paths);
  }

  /**
   * Returns the texts of {@code event} in the order of the paths; absent optional ones are left
   * out.
   */
  List<TextField> texts(JsonNode event) throws RejectedException {
    List<TextField> texts = new ArrayList<>(paths.size());
    for (TextPath path : paths) {
      JsonNode node = find(event, path);
      if (node.isTextual()) {
        texts.add(new TextField(path.toString(), node.textValue()));
      } else if (!isAbsent(node)) {
        throw new RejectedException(
            Reason.NOT_A_STRING,
            "Expected a string at '%s', but found %s".formatted(path, kind(node)));
      } else if (!path.optional()) {
        throw missing(event, path);
      }
    }

    return texts;
  }

  private static JsonNode find(JsonNode event, TextPath path) {
    JsonNode node = event;
    for (String segment : path.segments()) {
      node = node.path(segment);
    }

    return node;
  }

  private static boolean isAbsent(JsonNode node) {
    return node.isMissingNode() || node.isNull();
  }

  private static RejectedException missing(JsonNode event, TextPath path) {
    return new RejectedException(
        Reason.MISSING_FIELD,
        "Expected a string at '%s', but %s; correct the producer, or make the path optional in 'text'"
            .formatted(path, whereItEnds(event, path)));
  }

  private static String whereItEnds(JsonNode event, TextPath path) {
    JsonNode node = event;
    for (int i = 0; i < path.segments().size(); i++) {
      JsonNode child = node.path(path.segments().get(i));
      if (child.isMissingNode()) {
        String parent = String.join(".", path.segments().subList(0, i));
        return node.isObject()
            ? "found no field '%s'".formatted(path.segments().get(i))
                + (i == 0 ? "" : " in '%s'".formatted(parent))
            : "found %s at '%s'".formatted(kind(node), parent);
      }

      node = child;
    }

    return "found null";
  }

  private static String kind(JsonNode node) {
    return switch (node.getNodeType()) {
      case ARRAY -> "an array";
      case BINARY -> "bytes";
      case BOOLEAN -> "a boolean";
      case NULL -> "null";
      case NUMBER -> "a number";
      case OBJECT, POJO -> "an object";
      case STRING -> "a string";
      case MISSING -> "nothing";
    };
  }
}
