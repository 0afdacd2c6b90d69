package io.winnow.jobs;

import io.winnow.jobs.replay.ClusterJob;
import io.winnow.jobs.replay.ReplayProgress;
import io.winnow.jobs.replay.ReplayState;
import io.winnow.jobs.tally.Tallies;
import java.util.Optional;
import org.apache.flink.api.common.JobStatus;

/**
 * What a cluster says of a job.
 *
 * @param millis since its start, until its end
 * @param tallies what it counted; empty where it does not tell
 * @param newest what it would go on from; empty where it never had a checkpoint
 */
record RemoteJob(
    JobStatus status, long millis, Optional<Tallies> tallies, Optional<RemoteCheckpoint> newest) {

  /** Returns what is known of a replay's job from now on. */
  ClusterJob job(ClusterJob known) {
    return known.seen(newest.map(RemoteCheckpoint::path), status.isGloballyTerminalState());
  }

  /** Returns how far a replay is; what was known stays where nothing is told. */
  ReplayProgress progress(ClusterJob known, ReplayProgress before) {
    return new ReplayProgress(
        state(),
        tallies.orElse(before.tallies()),
        known.earlierMillis() + millis,
        before.checkpointed() || newest.isPresent());
  }

  /** A job that was stopped with a savepoint has not come to the end of its range. */
  private ReplayState state() {
    return switch (status) {
      case FINISHED ->
          newest.filter(RemoteCheckpoint::stop).isPresent()
              ? ReplayState.STOPPED
              : ReplayState.FINISHED;
      case FAILED -> ReplayState.FAILED;
      case CANCELED -> ReplayState.STOPPED;
      default -> ReplayState.RUNNING;
    };
  }
}
