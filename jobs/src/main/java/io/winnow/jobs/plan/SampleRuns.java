package io.winnow.jobs.plan;

import io.winnow.jobs.replay.PartitionRange;
import java.util.ArrayList;
import java.util.List;

/** Chooses the records to look at: runs of neighbours, evenly spread over each partition. */
final class SampleRuns {
  /** Many enough to see each time of day, few enough that each has some neighbours. */
  private static final int RUNS = 10;

  private SampleRuns() {}

  /**
   * Returns the runs: in each list one of each partition.
   *
   * @param whole what there is
   * @param records how many to look at, about
   */
  static List<List<PartitionRange>> of(List<PartitionRange> whole, int records) {
    long offsets = whole.stream().mapToLong(PartitionRange::offsets).sum();
    if (offsets <= records) {
      return List.of(whole);
    }
    List<List<PartitionRange>> runs = new ArrayList<>();
    for (int run = 0; run < RUNS; run++) {
      List<PartitionRange> ranges = new ArrayList<>();
      for (PartitionRange partition : whole) {
        double share = (double) records * partition.offsets() / offsets;
        long length = Math.max(1, Math.round(share / RUNS));
        if (run * length < share) {
          ranges.add(run(partition, run, length));
        }
      }
      runs.add(ranges);
    }
    return runs;
  }

  private static PartitionRange run(PartitionRange partition, int run, long length) {
    long last = Math.max(0, partition.offsets() - length);
    long start = partition.from() + last * run / (RUNS - 1);
    return new PartitionRange(
        partition.partition(), start, Math.min(partition.to(), start + length));
  }
}
