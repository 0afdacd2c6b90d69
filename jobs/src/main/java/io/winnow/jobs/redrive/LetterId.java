package io.winnow.jobs.redrive;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A record of a source topic that has dead letters: several where it failed again, or where its
 * dead letter was written twice.
 *
 * @param pipeline name of the pipeline that could not enrich it; null where the dead letter does
 *     not tell, as none did at first
 * @param topic the source topic
 * @param replay id of the replay that could not enrich it; null for the live job
 */
public record LetterId(
    @Nullable String pipeline, String topic, int partition, long offset, @Nullable String replay) {
  private static final String SEPARATOR = "/"; // no topic, no id and no pipeline has it
  private static final int POSITION = 3;
  private static final int REPLAYED = 4;
  private static final int OWNED = 5;

  /** Returns the same record, of a pipeline if that is not known. */
  LetterId ownedBy(String other) {
    return pipeline == null ? new LetterId(other, topic, partition, offset, replay) : this;
  }

  /** Returns the same record without its pipeline. */
  LetterId ofAny() {
    return new LetterId(null, topic, partition, offset, replay);
  }

  /** Returns what names it in a topic. */
  public String key() {
    String position = String.join(SEPARATOR, topic, "" + partition, "" + offset);
    if (pipeline != null) {
      return String.join(SEPARATOR, position, replay == null ? "" : replay, pipeline);
    }
    return replay == null ? position : position + SEPARATOR + replay;
  }

  /** Reads a key; empty where it is none. */
  static Optional<LetterId> parse(String key) {
    String[] parts = key.split(SEPARATOR, -1);
    if (parts.length < POSITION || parts.length > OWNED) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new LetterId(
              parts.length == OWNED ? parts[4] : null,
              parts[0],
              Integer.parseInt(parts[1]),
              Long.parseLong(parts[2]),
              parts.length >= REPLAYED && !parts[3].isEmpty() ? parts[3] : null));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }
}
