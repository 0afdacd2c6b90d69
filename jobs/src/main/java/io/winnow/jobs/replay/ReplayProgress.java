package io.winnow.jobs.replay;

import io.winnow.jobs.tally.Tallies;
import java.time.Duration;
import java.util.Optional;

/**
 * How far a replay came, as it is kept in its folder.
 *
 * @param millis time that its processes worked on it
 * @param checkpointed whether a checkpoint was ever complete
 */
public record ReplayProgress(
    ReplayState state, Tallies tallies, long millis, boolean checkpointed) {
  public static final ReplayProgress NONE =
      new ReplayProgress(ReplayState.RUNNING, Tallies.NONE, 0, false);

  public ReplayProgress as(ReplayState next) {
    return new ReplayProgress(next, tallies, millis, checkpointed);
  }

  /** Returns the share of the range that is read; offsets without a record never are. */
  public double share(ReplayRange range) {
    return state == ReplayState.FINISHED ? 1 : (double) tallies.read() / range.offsets();
  }

  public double recordsPerSecond() {
    return perSecond(tallies.read());
  }

  /** Returns how long it will still run, at its rate so far; empty where nobody can know. */
  public Optional<Duration> left(ReplayRange range) {
    double perSecond = recordsPerSecond();
    return state == ReplayState.RUNNING && perSecond > 0
        ? Optional.of(
            Duration.ofSeconds((long) (Math.max(0, range.offsets() - tallies.read()) / perSecond)))
        : Optional.empty();
  }

  /** Returns how many records were read and left as they are, where only stale ones are taken. */
  public long skipped(ReplayPlan plan) {
    return plan.options().onlyStale() // of others this would be what is under way
        ? Math.max(0, tallies.read() - tallies.enriched() - tallies.rejected())
        : 0;
  }

  public double tokensPerSecond() {
    return perSecond(tallies.tokens());
  }

  private double perSecond(long count) {
    return millis == 0 ? 0 : count * 1000.0 / millis;
  }
}
