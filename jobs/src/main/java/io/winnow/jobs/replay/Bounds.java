package io.winnow.jobs.replay;

import io.winnow.operators.config.ConfigurationException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Both ends of a range of a topic. */
public record Bounds(Bound from, Bound to) {

  /**
   * Reads them as a user writes them.
   *
   * @param now what a relative time counts from
   * @throws ConfigurationException with what is wrong with either
   */
  public static Bounds read(String from, String to, Instant now) throws ConfigurationException {
    return read(new BoundReader("--from", now), from, new BoundReader("--to", now), to);
  }

  /**
   * Reads a range as a user writes it: {@code FROM..TO}.
   *
   * @param option name of the option, for messages
   * @param now what a relative time counts from
   * @throws ConfigurationException with what is wrong with it
   */
  public static Bounds readRange(String option, String range, Instant now)
      throws ConfigurationException {
    int dots = range.indexOf("..");
    if (dots < 0) {
      throw new ConfigurationException(
          "%s: expected FROM..TO, as in -7d..now, found '%s'".formatted(option, range));
    }
    BoundReader reader = new BoundReader(option, now);
    return read(reader, range.substring(0, dots), reader, range.substring(dots + 2));
  }

  private static Bounds read(BoundReader fromReader, String from, BoundReader toReader, String to)
      throws ConfigurationException {
    List<String> problems = new ArrayList<>();
    Bound start = bound(fromReader, from, problems);
    Bound end = bound(toReader, to, problems);
    if (start == null || end == null) {
      throw new ConfigurationException(problems);
    }
    return new Bounds(start, end);
  }

  private static @Nullable Bound bound(BoundReader reader, String text, List<String> problems) {
    try {
      return reader.read(text);
    } catch (ConfigurationException e) {
      problems.addAll(e.problems());
      return null;
    }
  }
}
