package io.winnow.jobs.tally;

import java.time.Duration;

/**
 * Says how long to wait so that a rate is kept. Who was late may catch up by a moment, so that
 * sleeping a little too long does not lower the rate.
 *
 * <p>Not thread-safe.
 */
final class Pace {
  private static final long CREDIT_NANOS = Duration.ofMillis(10).toNanos();

  private final long intervalNanos;
  private long dueNanos;

  /**
   * Creates a pace.
   *
   * @param perSecond elements a second at the most; above 0
   * @param nowNanos the time, from any origin
   */
  Pace(double perSecond, long nowNanos) {
    if (!(perSecond > 0)) {
      throw new IllegalArgumentException("perSecond must be above 0, but is " + perSecond);
    }
    this.intervalNanos = (long) (Duration.ofSeconds(1).toNanos() / perSecond);
    this.dueNanos = nowNanos;
  }

  /** Takes an element, and returns how long it must wait, in nanoseconds. */
  long next(long nowNanos) {
    long start = Math.max(dueNanos, nowNanos - CREDIT_NANOS);
    this.dueNanos = start + intervalNanos;
    return Math.max(0, start - nowNanos);
  }
}
