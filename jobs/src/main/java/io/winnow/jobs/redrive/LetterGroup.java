package io.winnow.jobs.redrive;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The dead letters of one reason.
 *
 * @param count those that are open: not sent back yet
 * @param redriven those that were sent back
 * @param first earliest timestamp of those that are open, in milliseconds since 1970; -1 for none
 * @param last latest one
 * @param examples some of those that are open, with the payload's start
 */
public record LetterGroup(
    String stage,
    String reason,
    long count,
    long redriven,
    long first,
    long last,
    List<Example> examples) {
  /**
   * A dead letter to look at.
   *
   * @param start first bytes of the payload; null where there is none
   * @param bytes of the whole payload
   */
  public record Example(
      LetterId source, int attempts, String message, @Nullable ByteBuffer start, int bytes) {}

  public LetterGroup {
    examples = List.copyOf(examples);
  }

  /** Returns the time of the first in ISO 8601. */
  public Optional<String> firstTime() {
    return time(first);
  }

  /** Returns the time of the last in ISO 8601. */
  public Optional<String> lastTime() {
    return time(last);
  }

  private static Optional<String> time(long millis) {
    return millis < 0 ? Optional.empty() : Optional.of(Instant.ofEpochMilli(millis).toString());
  }
}
