package io.winnow.jobs.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.winnow.jobs.replay.PartitionRange;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DemandTest {
  /** Records of a core in an hour. */
  private static final long HOUR = 720_000;

  /** What is left of 5 ms. */
  private static final double MODEL = 1 / 200.0 - Demand.RECORD_SECONDS;

  private static final Demand DEMAND = new Demand(MODEL, 0.4, 0.3, 4, 1, null, null);

  @Test
  void coresHaveHeadRoomAndDoNotCountOnTheCache() {
    assertThat(DEMAND.cores(140)).isEqualTo(1);
    assertThat(DEMAND.cores(141)).isEqualTo(2);
    assertThat(DEMAND.cores(1_000_000)).isEqualTo(7_143);
    assertThat(DEMAND.taskManagers(140)).isEqualTo(1);
    assertThat(DEMAND.taskManagers(4 * 140)).isEqualTo(1);
    assertThat(DEMAND.taskManagers(5 * 140)).isEqualTo(2);
  }

  @Test
  void repeatedTextsCostNoPassWithTheCache() {
    assertThat(DEMAND.eventsPerCore()).isEqualTo(200, within(1e-9));
    assertThat(DEMAND.eventsPerCoreWithCache())
        .isEqualTo(1 / (0.6 / 200 + 0.4 * Demand.RECORD_SECONDS), within(1e-9));
    Demand onlyRepeats = new Demand(MODEL, 1, 0, 1, 1, null, null);
    assertThat(onlyRepeats.eventsPerCoreWithCache()).isEqualTo(3_450, within(1e-6));
  }

  @Test
  void aPartitionIsWorkedOnByOneSubtask() {
    Demand.Backfill wide = backfill(32, equal(12));
    Demand.Backfill narrow = backfill(6, equal(12));

    assertThat(wide.busy()).isEqualTo(12);
    assertThat(DEMAND.hours(wide)).isEqualTo(1, within(1e-9));
    assertThat(narrow.busy()).isEqualTo(6);
    assertThat(DEMAND.hours(narrow)).isEqualTo(2, within(1e-9));
  }

  @Test
  void theSubtaskWithMostDecides() {
    Demand.Backfill uneven = backfill(8, equal(12)); // four of them have two partitions

    assertThat(uneven.busy()).isEqualTo(8);
    assertThat(DEMAND.hours(uneven)).isEqualTo(2, within(1e-9));
    assertThat(DEMAND.hours(backfill(3, HOUR, 5 * HOUR, HOUR))).isEqualTo(5, within(1e-9));
  }

  private static long[] equal(int partitions) {
    long[] records = new long[partitions];
    Arrays.fill(records, HOUR);
    return records;
  }

  private static Demand.Backfill backfill(int parallelism, long... records) {
    List<PartitionRange> ranges =
        IntStream.range(0, records.length)
            .mapToObj(partition -> new PartitionRange(partition, 7, 7 + records[partition]))
            .toList();
    return new Demand.Backfill(ranges, parallelism);
  }
}
