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
    List<String> problems = new ArrayList<>();
    Bound start = bound(new BoundReader("--from", now), from, problems);
    Bound end = bound(new BoundReader("--to", now), to, problems);
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
