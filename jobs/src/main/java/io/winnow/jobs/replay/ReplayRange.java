package io.winnow.jobs.replay;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The range of a topic that is replayed: resolved once, and then fixed.
 *
 * @param partitions those with something in the range, by their numbers
 * @param first time of its first record, in ISO 8601; null if it is not known
 * @param last time that its records do not go beyond, in ISO 8601; null if it is not known
 */
public record ReplayRange(
    String topic, List<PartitionRange> partitions, @Nullable String first, @Nullable String last) {
  public ReplayRange {
    partitions = List.copyOf(partitions);
  }

  /** Returns how many records it has at the most. */
  public long offsets() {
    return partitions.stream().mapToLong(PartitionRange::offsets).sum();
  }
}
