package io.winnow.operators.config;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations in the words of Flink's options: {@code 10s}, {@code 500 ms}, {@code 5 min}. */
public final class Durations {
  private static final Pattern DURATION = Pattern.compile("(\\d{1,9})\\s*([a-z]+)");

  private Durations() {}

  /** Returns the duration; empty for any other text. */
  public static Optional<Duration> parse(String text) {
    Matcher matcher = DURATION.matcher(text.strip().toLowerCase(Locale.ROOT));
    if (!matcher.matches()) {
      return Optional.empty();
    }

    long amount = Long.parseLong(matcher.group(1));
    return unit(matcher.group(2)).map(unit -> Duration.of(amount, unit));
  }

  private static Optional<ChronoUnit> unit(String word) {
    return switch (word) {
      case "ms", "milli", "millis", "millisecond", "milliseconds" -> Optional.of(ChronoUnit.MILLIS);
      case "s", "sec", "secs", "second", "seconds" -> Optional.of(ChronoUnit.SECONDS);
      case "m", "min", "minute", "minutes" -> Optional.of(ChronoUnit.MINUTES);
      case "h", "hour", "hours" -> Optional.of(ChronoUnit.HOURS);
      case "d", "day", "days" -> Optional.of(ChronoUnit.DAYS);
      default -> Optional.empty();
    };
  }
}
