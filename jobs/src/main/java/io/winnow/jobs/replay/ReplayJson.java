package io.winnow.jobs.replay;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The files of a replay's folder. */
final class ReplayJson {
  private static final ObjectMapper JSON =
      new ObjectMapper()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES);

  private ReplayJson() {}

  static String write(Object value) throws IOException {
    return JSON.writeValueAsString(value) + "\n";
  }

  static <T> T read(Path file, Class<T> type) throws IOException {
    try {
      return JSON.readValue(Files.readString(file), type);
    } catch (JsonProcessingException e) {
      throw new IOException(
          "Expected a file that this version of Winnow wrote, found %s: %s"
              .formatted(file, e.getOriginalMessage()),
          e);
    }
  }
}
