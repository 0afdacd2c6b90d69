package io.winnow.jobs.replay;

import io.winnow.operators.config.ConfigurationException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Both ends of a range of a topic.
 *
 * @param fromOption name of the option that tells where it starts, for messages
 * @param toOption name of the option that tells where it ends, for messages
 */
public record Bounds(Bound from, Bound to, String fromOption, String toOption) {
  private static final String FROM = "--from";
  private static final String TO = "--to";

  /** All that a topic holds now. */
  public static final Bounds ALL = new Bounds(new Bound.Earliest(), new Bound.Now());

  /** Other dots belong to a path, as in {@code @../offsets.json}. */
  private static final Pattern BETWEEN = Pattern.compile("(?<![@/])\\.\\.(?!/)");

  /** Creates those of {@code --from} and {@code --to}. */
  public Bounds(Bound from, Bound to) {
    this(from, to, FROM, TO);
  }

  /**
   * Reads them as a user writes them.
   *
   * @param now what a relative time counts from
   * @throws ConfigurationException with what is wrong with either
   */
  public static Bounds read(String from, String to, Instant now) throws ConfigurationException {
    return read(new BoundReader(FROM, now), from, new BoundReader(TO, now), to);
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
    Matcher between = BETWEEN.matcher(range);
    if (!between.find()) {
      throw new ConfigurationException(
          "%s: expected FROM..TO, as in -7d..now, found '%s'".formatted(option, range));
    }
    BoundReader reader = new BoundReader(option, now);
    return read(
        reader, range.substring(0, between.start()), reader, range.substring(between.end()));
  }

  private static Bounds read(BoundReader fromReader, String from, BoundReader toReader, String to)
      throws ConfigurationException {
    List<String> problems = new ArrayList<>();
    Bound start = bound(fromReader, from, problems);
    Bound end = bound(toReader, to, problems);
    if (start == null || end == null) {
      throw new ConfigurationException(problems);
    }
    return new Bounds(start, end, fromReader.option(), toReader.option());
  }

  private static @Nullable Bound bound(BoundReader reader, String text, List<String> problems) {
    try {
      return reader.read(text);
    } catch (ConfigurationException e) {
      problems.addAll(e.problems());
      return null;
    }
  }

  /** Returns the options of both ends, once where they are the same. */
  String options() {
    return fromOption.equals(toOption) ? fromOption : fromOption + ", " + toOption;
  }
}
