package io.winnow.jobs.format;

import com.fasterxml.jackson.core.ErrorReportConfiguration;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.winnow.operators.text.Reason;
import io.winnow.operators.text.RejectedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/**
 * Reads a value that is exactly one JSON object.
 *
 * <p>Where a name repeats in an object, the last one counts, as it does for most readers.
 */
public final class JsonReader {
  private static final int MAX_DEPTH = 500;
  private static final int MAX_STRING_CHARACTERS = 64 << 20; // the topic's limit is the real one
  private static final int MAX_EXCERPT_CHARACTERS = 8;

  /**
   * Names come from outside: interning them would fill the JVM's table for good, and in Jackson's
   * own table, which all readers share, names that collide on purpose end in an exception.
   */
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MAX_DEPTH)
                  .maxStringLength(MAX_STRING_CHARACTERS)
                  .build())
          .errorReportConfiguration(
              ErrorReportConfiguration.builder()
                  .maxErrorTokenLength(MAX_EXCERPT_CHARACTERS)
                  .build())
          .build();

  private static final ObjectMapper MAPPER = new ObjectMapper(FACTORY);

  private JsonReader() {}

  public static JsonNode readObject(byte[] value) throws RejectedException {
    try (JsonParser parser = parser(withoutByteOrderMark(Utf8.decode(value)))) {
      return readObject(parser);
    } catch (IOException e) {
      throw new UncheckedIOException("A string in memory cannot fail to be read", e);
    }
  }

  private static JsonNode readObject(JsonParser parser) throws IOException, RejectedException {
    try {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw rejection(place(parser), "found " + kind(parser.currentToken()));
      }

      JsonNode object = MAPPER.readTree(parser);
      if (parser.nextToken() != null) {
        throw rejection(place(parser), "found more behind it");
      }

      return object;
    } catch (JsonProcessingException e) {
      throw rejection(e.getLocation() == null ? place(parser) : e.getLocation(), problem(e));
    }
  }

  private static JsonLocation place(JsonParser parser) {
    return parser.hasCurrentToken() ? parser.currentTokenLocation() : parser.currentLocation();
  }

  static JsonParser parser(String json) throws IOException {
    return FACTORY.createParser(json);
  }

  static String withoutByteOrderMark(String text) {
    return text.startsWith("\ufeff") ? text.substring(1) : text;
  }

  private static RejectedException rejection(JsonLocation location, String problem) {
    return new RejectedException(
        Reason.INVALID_JSON,
        "Expected one JSON object, but %s at line %d, column %d"
            .formatted(problem, location.getLineNr(), location.getColumnNr()));
  }

  private static String problem(JsonProcessingException e) {
    if (e instanceof JsonEOFException) {
      return "it ends too early";
    }

    return "found this: " + e.getOriginalMessage();
  }

  private static String kind(@Nullable JsonToken token) {
    if (token == null) {
      return "nothing";
    }

    return switch (token) {
      case START_ARRAY -> "an array";
      case VALUE_STRING -> "a string";
      case VALUE_NULL -> "null";
      case VALUE_TRUE, VALUE_FALSE -> "a boolean";
      default -> "a number";
    };
  }
}
