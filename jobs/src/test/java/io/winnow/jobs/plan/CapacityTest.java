package io.winnow.jobs.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class CapacityTest {

  @Test
  void theRatesOfASlowModelAreNotRounded() {
    Capacity slow = new Capacity(4, 30, 0.01, 0.6, 0);

    assertThat(slow.eventsPerCore()).isEqualTo(0.0025, within(1e-12));
    assertThat(slow.tokensPerCore()).isEqualTo(0.15, within(1e-12));
    assertThat(slow.events()).isZero();
  }

  @Test
  void eventsAreThoseOfTheWholeTime() {
    assertThat(new Capacity(2, 30, 50.5, 700, 3).events()).isEqualTo(1_515);
  }
}
