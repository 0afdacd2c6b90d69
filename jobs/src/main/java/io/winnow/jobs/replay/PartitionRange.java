package io.winnow.jobs.replay;

/**
 * A range of a partition.
 *
 * @param from first offset of it
 * @param to offset behind it
 */
public record PartitionRange(int partition, long from, long to) {
  public PartitionRange {
    if (from < 0 || to < from) {
      throw new IllegalArgumentException(
          "Expected offsets in order, found %d to %d in partition %d"
              .formatted(from, to, partition));
    }
  }

  /** Returns the subtask that reads a partition: one for all of it, for the sake of order. */
  public static int subtask(int partition, int parallelism) {
    return Math.floorMod(partition, parallelism);
  }

  /** Returns how many records it has at the most: transaction markers take offsets, too. */
  public long offsets() {
    return to - from;
  }
}
