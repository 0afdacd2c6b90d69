package io.winnow.operators.config;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sizes in the words of Flink's options: {@code 1048576}, {@code 512 kb}, {@code 16mb}. */
final class Sizes {
  private static final Pattern SIZE = Pattern.compile("(\\d{1,10})\\s*([a-z]*)");

  private Sizes() {}

  /** Returns the size in bytes. */
  static Optional<Long> parse(String text) {
    Matcher matcher = SIZE.matcher(text.strip().toLowerCase(Locale.ROOT));
    if (!matcher.matches()) {
      return Optional.empty();
    }

    long amount = Long.parseLong(matcher.group(1));
    return bytes(matcher.group(2)).map(unit -> amount * unit);
  }

  private static Optional<Long> bytes(String unit) {
    return switch (unit) {
      case "", "b", "bytes" -> Optional.of(1L);
      case "k", "kb", "kib", "kibibytes" -> Optional.of(1L << 10);
      case "m", "mb", "mib", "mebibytes" -> Optional.of(1L << 20);
      case "g", "gb", "gib", "gibibytes" -> Optional.of(1L << 30);
      default -> Optional.empty();
    };
  }
}
