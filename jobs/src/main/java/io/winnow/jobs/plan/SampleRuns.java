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
   * Returns the runs, which do not overlap: in each list one of each partition, at most.
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
    for (int index = 0; index < whole.size(); index++) {
      PartitionRange partition = whole.get(index);
      double share = (double) records * partition.offsets() / offsets;
      List<PartitionRange> own = of(partition, share, (double) index / whole.size());
      for (int run = 0; run < own.size(); run++) {
        if (run == runs.size()) {
          runs.add(new ArrayList<>());
        }
        runs.get(run).add(own.get(run));
      }
    }
    return runs;
  }

  /**
   * Returns the runs of a partition, of several the first at its begin and the last at its end.
   *
   * @param share records to look at, about
   * @param place where a single run lies, from 0 at the begin to below 1 at the end
   */
  private static List<PartitionRange> of(PartitionRange partition, double share, double place) {
    long length = Math.max(1, Math.round(share / RUNS));
    double room = partition.offsets() / (double) length;
    int count =
        (int) Math.max(1, Math.min(RUNS, Math.min(Math.floor(room), Math.ceil(share / length))));
    long last = Math.max(0, partition.offsets() - length);
    List<PartitionRange> runs = new ArrayList<>();
    for (int run = 0; run < count; run++) {
      long start =
          partition.from() + (count == 1 ? (long) (place * last) : last * run / (count - 1));
      runs.add(
          new PartitionRange(
              partition.partition(), start, Math.min(partition.to(), start + length)));
    }
    return runs;
  }
}
