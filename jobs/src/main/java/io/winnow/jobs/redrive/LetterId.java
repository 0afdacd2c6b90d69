package io.winnow.jobs.redrive;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A record of a source topic that has dead letters: several where it failed again, or where its
 * dead letter was written twice.
 *
 * @param topic the source topic
 * @param replay id of the replay that could not enrich it; null for the live job
 */
public record LetterId(String topic, int partition, long offset, @Nullable String replay) {
  private static final String SEPARATOR = "/"; // no topic and no id has it

  /** Returns what names it in a topic. */
  public String key() {
    String position = String.join(SEPARATOR, topic, "" + partition, "" + offset);
    return replay == null ? position : position + SEPARATOR + replay;
  }

  /** Reads a key; empty where it is none. */
  static Optional<LetterId> parse(String key) {
    String[] parts = key.split(SEPARATOR, -1);
    if (parts.length != 3 && parts.length != 4) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new LetterId(
              parts[0],
              Integer.parseInt(parts[1]),
              Long.parseLong(parts[2]),
              parts.length == 4 ? parts[3] : null));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }
}
