package io.winnow.jobs.format;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Puts enrichments into the text of a JSON object and leaves every other character as it is. */
final class JsonSplice {
  static final String FIELD = "enrichments";

  private final String object;
  private final JsonParser parser;
  private final Set<String> replaced;

  private JsonSplice(String object, JsonParser parser, Set<String> replaced) {
    this.object = object;
    this.parser = parser;
    this.replaced = replaced;
  }

  /**
   * Returns {@code object} with the elements of the JSON array {@code enrichments} in its field of
   * that name, behind those that it has under other names than {@code replaced}.
   *
   * @return empty where the field is there already, but is no array of objects
   */
  static Optional<String> splice(String object, String enrichments, Set<String> replaced) {
    try (JsonParser parser = JsonReader.parser(object)) {
      return new JsonSplice(object, parser, replaced).splice(enrichments);
    } catch (IOException e) {
      throw new UncheckedIOException("Expected the JSON object that was decoded before", e);
    }
  }

  private Optional<String> splice(String enrichments) throws IOException {
    Existing existing = null;
    boolean first = true;
    parser.nextToken();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      boolean ours = parser.currentName().equals(FIELD);
      boolean again = existing != null; // which of two counts, readers disagree
      first = false;
      parser.nextToken();
      if (!ours) {
        parser.skipChildren();
      } else if (again || parser.currentToken() != JsonToken.START_ARRAY) {
        return Optional.empty();
      } else {
        existing = existing();
        if (existing == null) {
          return Optional.empty();
        }
      }
    }

    return Optional.of(
        existing == null ? append(enrichments, first) : existing.with(object, enrichments));
  }

  private String append(String enrichments, boolean first) {
    int end = offset(parser.currentLocation()) - 1;
    while (isWhiteSpace(object.charAt(end - 1))) {
      end--;
    }

    return object.substring(0, end)
        + (first ? "" : ",")
        + "\"%s\":".formatted(FIELD)
        + enrichments
        + object.substring(end);
  }

  /** Reads an array to its end; returns null where it holds more than objects. */
  private @Nullable Existing existing() throws IOException {
    int start = offset(parser.currentLocation());
    List<String> kept = new ArrayList<>();
    while (parser.nextToken() == JsonToken.START_OBJECT) {
      int elementStart = offset(parser.currentTokenLocation());
      String name = nameOfElement();
      if (name == null || !replaced.contains(name)) {
        kept.add(object.substring(elementStart, offset(parser.currentLocation())));
      }
    }

    return parser.currentToken() == JsonToken.END_ARRAY
        ? new Existing(start, offset(parser.currentLocation()) - 1, kept)
        : null;
  }

  /** Reads an object to its end. */
  private @Nullable String nameOfElement() throws IOException {
    String name = null;
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      boolean isName = parser.currentName().equals("name");
      if (parser.nextToken() == JsonToken.VALUE_STRING && isName) {
        name = parser.getText();
      }

      parser.skipChildren();
    }

    return name;
  }

  private static int offset(JsonLocation location) {
    return (int) location.getCharOffset();
  }

  private static boolean isWhiteSpace(char c) {
    return c == ' ' || c == '\n' || c == '\r' || c == '\t';
  }

  /** The inside of an array, from {@code start} to {@code end}, of which some elements are kept. */
  private record Existing(int start, int end, List<String> kept) {
    String with(String object, String enrichments) {
      List<String> elements = new ArrayList<>(kept);
      String ours = enrichments.substring(1, enrichments.length() - 1);
      if (!ours.isEmpty()) {
        elements.add(ours);
      }

      return object.substring(0, start) + String.join(",", elements) + object.substring(end);
    }
  }
}
