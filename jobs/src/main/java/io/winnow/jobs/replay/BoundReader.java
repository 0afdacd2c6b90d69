package io.winnow.jobs.replay;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.winnow.jobs.pipeline.Start;
import io.winnow.operators.config.ConfigurationException;
import io.winnow.operators.config.Durations;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Reads a bound as a user writes it.
 *
 * @param option name of the option, for messages
 * @param now what a relative time counts from
 */
public record BoundReader(String option, Instant now) {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
  private static final Pattern NUMBER = Pattern.compile("0|[1-9][0-9]{0,8}");

  /** Tells whether a bound is another one each time that it is read. */
  public static boolean countsFromNow(String text) {
    return text.equals("now") || text.startsWith("-");
  }

  /**
   * Reads a word, a time, a time before now, or {@code @FILE} with an offset for each partition.
   *
   * @throws ConfigurationException for any other text
   */
  public Bound read(String text) throws ConfigurationException {
    if (text.startsWith("@")) {
      return offsets(Path.of(text.substring(1)));
    }
    return switch (text) {
      case "earliest" -> new Bound.Earliest();
      case "now" -> new Bound.Now();
      default -> new Bound.At(instant(text));
    };
  }

  private Instant instant(String text) throws ConfigurationException {
    return (text.startsWith("-") ? before(text.substring(1)) : time(text))
        .orElseThrow(
            () ->
                new ConfigurationException(
                    "%s: expected earliest, now, a date (2026-01-31), a date-time with its zone (2026-01-31T12:00:00Z), a time before now (-7d, -12h, -30m) or @FILE with offsets, found '%s'"
                        .formatted(option, text)));
  }

  private Optional<Instant> before(String duration) {
    return Durations.parse(duration).map(now::minus).filter(BoundReader::isKafkas);
  }

  private static Optional<Instant> time(String text) {
    try {
      return Optional.of(Start.instant(text)).filter(BoundReader::isKafkas);
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  /** Kafka counts from 1970, and reads a time before it as another word. */
  private static boolean isKafkas(Instant instant) {
    return !instant.isBefore(Instant.EPOCH)
        && !instant.isAfter(Instant.ofEpochMilli(Long.MAX_VALUE));
  }

  private Bound offsets(Path file) throws ConfigurationException {
    try {
      return new Bound.Offsets(offsets(file, JSON.readTree(Files.readString(file))));
    } catch (JsonProcessingException e) {
      throw notOffsets(file, "no JSON: " + e.getOriginalMessage());
    } catch (IOException e) {
      throw new ConfigurationException(
          "%s: expected a file that can be read, found %s".formatted(option, e));
    }
  }

  private Map<Integer, Long> offsets(Path file, JsonNode root) throws ConfigurationException {
    if (!root.isObject() || root.isEmpty()) {
      throw notOffsets(file, "something else");
    }
    Map<Integer, Long> offsets = new TreeMap<>();
    for (Map.Entry<String, JsonNode> entry : root.properties()) {
      JsonNode offset = entry.getValue();
      boolean valid =
          NUMBER.matcher(entry.getKey()).matches() && offset.canConvertToExactIntegral();
      if (!valid || !offset.canConvertToLong() || offset.asLong() < 0) {
        throw notOffsets(file, "\"%s\": %s".formatted(entry.getKey(), offset));
      }
      offsets.put(Integer.valueOf(entry.getKey()), offset.asLong());
    }
    return offsets;
  }

  private ConfigurationException notOffsets(Path file, String found) {
    return new ConfigurationException(
        "%s: expected a JSON object of partitions and offsets, such as {\"0\": 1200, \"1\": 1187}, in %s, found %s"
            .formatted(option, file, found));
  }
}
