package io.winnow.jobs.replay;

import java.time.Instant;

/**
 * A record that was asked for.
 *
 * @param offset -1 if there is none
 * @param millis its timestamp, in milliseconds since 1970-01-01T00:00:00Z; -1 if there is none
 */
public record Position(long offset, long millis) {
  public static final Position NONE = new Position(-1, -1);

  boolean exists() {
    return offset >= 0;
  }

  Instant time() {
    return Instant.ofEpochMilli(millis);
  }
}
