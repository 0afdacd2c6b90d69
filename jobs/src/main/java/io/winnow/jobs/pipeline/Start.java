package io.winnow.jobs.pipeline;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/** Where a pipeline starts to read when no checkpoint says it. */
public sealed interface Start {
  /** The first record that the topic still holds. */
  record Earliest() implements Start {}

  /** What is written from now on. */
  record Latest() implements Start {}

  /** Where the consumer group stopped; the first record where it never read. */
  record Committed() implements Start {}

  /** The first record whose timestamp is not before the instant. */
  record At(Instant instant) implements Start {
    private static final Instant LAST = Instant.ofEpochMilli(Long.MAX_VALUE);

    /** Kafka counts from 1970, and reads a time before it as another word. */
    public At {
      if (instant.isBefore(Instant.EPOCH) || instant.isAfter(LAST)) {
        throw new DateTimeException("Expected a time from 1970 on, found " + instant);
      }
    }
  }

  /**
   * Parses a word, a date (its first moment in UTC) or a date-time with its zone.
   *
   * @throws DateTimeException for any other text
   */
  static Start parse(String text) {
    return switch (text) {
      case "earliest" -> new Earliest();
      case "latest" -> new Latest();
      case "committed" -> new Committed();
      default -> new At(instant(text));
    };
  }

  /**
   * Parses a date (its first moment in UTC) or a date-time with its zone.
   *
   * @throws DateTimeException for any other text
   */
  static Instant instant(String text) {
    return text.indexOf('T') < 0
        ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
        : OffsetDateTime.parse(text).toInstant();
  }
}
