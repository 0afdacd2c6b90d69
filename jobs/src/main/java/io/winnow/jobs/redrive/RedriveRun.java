package io.winnow.jobs.redrive;

import io.winnow.jobs.replay.PartitionRange;
import java.util.List;

/**
 * A redrive that was started.
 *
 * @param id the header of the records that it writes
 * @param ranges of the dead-letter topic: fixed, so that what fails again lies behind them
 */
public record RedriveRun(
    String id, RedriveOptions options, List<PartitionRange> ranges, boolean finished) {
  public RedriveRun {
    ranges = List.copyOf(ranges);
  }

  public RedriveRun end() {
    return new RedriveRun(id, options, ranges, true);
  }
}
