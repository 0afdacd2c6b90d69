package io.winnow.jobs.tally;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PaceTest {
  private static final long SECOND = 1_000_000_000;

  @ParameterizedTest
  @ValueSource(doubles = {0.5, 1, 7, 1_000, 250_000})
  void theRateIsKeptByWhoeverIsAlwaysReady(double perSecond) {
    Pace pace = new Pace(perSecond, 0);
    long now = 0;
    int elements = (int) Math.max(10, 3 * perSecond);
    for (int i = 0; i < elements; i++) {
      now += pace.next(now);
    }

    assertThat(elements * (double) SECOND / (now + SECOND / perSecond))
        .isBetween(perSecond * 0.99, perSecond * 1.01);
  }

  @Test
  void sleepingALittleTooLongDoesNotLowerTheRate() {
    Pace pace = new Pace(1_000, 0);
    long now = 0;
    for (int i = 0; i < 1_000; i++) {
      long wait = pace.next(now);
      now += wait == 0 ? 0 : wait + 300_000;
    }

    assertThat(now).isBetween(SECOND * 98 / 100, SECOND * 102 / 100);
  }

  @Test
  void aPauseIsNotMadeUpForByABurst() {
    Pace pace = new Pace(100, 0);
    long later = 60 * SECOND;

    int atOnce = 0;
    while (pace.next(later) == 0) {
      atOnce++;
    }

    assertThat(atOnce).isBetween(1, 2);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -1, Double.NaN})
  void aRateIsAboveZero(double perSecond) {
    assertThatIllegalArgumentException().isThrownBy(() -> new Pace(perSecond, 0));
  }
}
