package io.winnow.jobs.registry;

import java.time.Duration;

/**
 * How long to wait before asking again: twice as long each time.
 *
 * @param first wait after the first failure
 * @param longest wait at the most
 * @param patience time after which asking ends
 */
record Backoff(Duration first, Duration longest, Duration patience) {
  /** A restarted registry is back within this; a longer outage is Flink's to wait for. */
  static final Backoff DEFAULT =
      new Backoff(Duration.ofMillis(200), Duration.ofSeconds(5), Duration.ofSeconds(30));

  /** Asks once. */
  static final Backoff NONE = new Backoff(Duration.ZERO, Duration.ZERO, Duration.ZERO);

  /** Returns the wait after the failure of this number, counted from 0. */
  Duration wait(int failure) {
    Duration wait = first;
    for (int i = 0; i < failure && wait.compareTo(longest) < 0; i++) {
      wait = wait.multipliedBy(2);
    }

    return wait.compareTo(longest) < 0 ? wait : longest;
  }
}
