package io.winnow.jobs;

import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.RestartStrategyOptions.RestartStrategyType;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.core.execution.RecoveryClaimMode;
import org.jspecify.annotations.Nullable;

/** Settings of Flink for replays: they go on from a checkpoint, and end where they cannot go on. */
public final class ReplaySettings {
  private static final int RESTARTS_HERE = 5;

  /** Nobody may be watching: with Flink's growing pauses, some ten minutes of outage. */
  private static final int RESTARTS_ON_CLUSTER = 20;

  private ReplaySettings() {}

  /**
   * Returns those of a replay on a cluster, whose own settings hold for the rest.
   *
   * @param checkpoint where it goes on; null for the start of the range
   */
  public static Configuration onCluster(@Nullable String checkpoint) {
    Configuration configuration = of(RESTARTS_ON_CLUSTER);
    if (checkpoint != null) {
      configuration.set(StateRecoveryOptions.SAVEPOINT_PATH, checkpoint);
    }
    return configuration;
  }

  static Configuration here() {
    return of(RESTARTS_HERE);
  }

  private static Configuration of(int restarts) {
    Configuration configuration = new Configuration();
    // An old checkpoint must be gone when the job has ended: whoever went on from it would double.
    configuration.set(StateRecoveryOptions.RESTORE_MODE, RecoveryClaimMode.CLAIM);
    configuration.set(
        RestartStrategyOptions.RESTART_STRATEGY,
        RestartStrategyType.EXPONENTIAL_DELAY.getMainValue());
    configuration.set(RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_ATTEMPTS, restarts);
    return configuration;
  }
}
