package io.winnow.jobs.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class DemandTest {
  private static final Demand DEMAND = new Demand(200, 0.4, 0.3, 4, 1, null, null);

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
  void repeatedTextsCostNothingWithTheCache() {
    assertThat(DEMAND.eventsPerCoreWithCache()).isEqualTo(200 / 0.6, within(1e-9));
    Demand onlyRepeats = new Demand(200, 1, 0, 1, 1, null, null);
    assertThat(onlyRepeats.eventsPerCoreWithCache()).isEqualTo(20_000, within(1e-6));
  }

  @Test
  void aPartitionIsWorkedOnByOneSubtask() {
    Demand.Backfill wide = new Demand.Backfill(720_000 * 12L, 12, 32);
    Demand.Backfill narrow = new Demand.Backfill(720_000 * 12L, 12, 6);

    assertThat(wide.busy()).isEqualTo(12);
    assertThat(DEMAND.hours(wide)).isEqualTo(1, within(1e-9));
    assertThat(narrow.busy()).isEqualTo(6);
    assertThat(DEMAND.hours(narrow)).isEqualTo(2, within(1e-9));
  }
}
