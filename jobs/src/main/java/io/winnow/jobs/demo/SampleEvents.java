package io.winnow.jobs.demo;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The demo's sample events: messages of customers to a bank, most of them sound, some broken on
 * purpose.
 *
 * <p>Each line of the resource is a JSON object with a {@code key} and one of {@code value} (a JSON
 * object, sent as JSON), {@code raw} (text, sent as UTF-8), {@code base64} (bytes) and {@code
 * tombstone} (no value).
 */
public final class SampleEvents {
  private static final String RESOURCE = "/io/winnow/jobs/demo/events.jsonl";
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  private SampleEvents() {}

  /** Returns the events in the order to publish them in. */
  public static List<SampleEvent> load() {
    try (InputStream stream = SampleEvents.class.getResourceAsStream(RESOURCE)) {
      if (stream == null) {
        throw new IllegalStateException(
            "Resource " + RESOURCE + " is missing on the class path; build winnow-jobs again");
      }
      return parse(new String(stream.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException("Resource " + RESOURCE + " cannot be read", e);
    }
  }

  static List<SampleEvent> parse(String lines) throws IOException {
    List<SampleEvent> events = new ArrayList<>();
    int number = 0;
    for (String line : lines.split("\n", -1)) {
      number++;
      if (!line.isBlank()) {
        events.add(event(JSON.readTree(line), number));
      }
    }
    return List.copyOf(events);
  }

  private static SampleEvent event(JsonNode line, int number) throws IOException {
    if (line.size() == 2 && line.path("key").isTextual()) {
      String key = line.path("key").textValue();
      if (line.path("value").isObject()) {
        // Written as bytes, an emoji would turn into two escapes.
        return new SampleEvent(key, utf8(JSON.writeValueAsString(line.path("value"))));
      }
      if (line.path("raw").isTextual()) {
        return new SampleEvent(key, line.path("raw").textValue().getBytes(StandardCharsets.UTF_8));
      }
      if (line.path("base64").isTextual()) {
        return new SampleEvent(key, line.path("base64").binaryValue());
      }
      if (line.path("tombstone").booleanValue()) {
        return new SampleEvent(key, null);
      }
    }
    throw new IllegalArgumentException(
        "Line %d of the sample events must hold a key and one of value, raw, base64 and tombstone, but is %s"
            .formatted(number, line));
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
