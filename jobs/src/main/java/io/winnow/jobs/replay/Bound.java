package io.winnow.jobs.replay;

import java.time.Instant;
import java.util.Map;

/** One end of a range of a topic. */
public sealed interface Bound {
  /** The first record that the topic still holds. */
  record Earliest() implements Bound {}

  /** Behind the last record that is committed when the replay starts. */
  record Now() implements Bound {}

  /** The first record whose timestamp is not before the instant. */
  record At(Instant instant) implements Bound {}

  /** An offset for each partition. */
  record Offsets(Map<Integer, Long> byPartition) implements Bound {
    public Offsets {
      byPartition = Map.copyOf(byPartition);
    }
  }
}
