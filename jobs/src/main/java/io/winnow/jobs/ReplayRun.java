package io.winnow.jobs;

import io.winnow.jobs.replay.ReplayFolder;
import io.winnow.jobs.replay.ReplayProgress;
import io.winnow.jobs.replay.ReplayState;
import io.winnow.jobs.tally.Tallies;
import io.winnow.jobs.tally.TallySum;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.apache.flink.api.common.JobExecutionResult;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.HeartbeatManagerOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Works on a replay in this process until it ends, and keeps in its folder how far it came. */
public final class ReplayRun {
  private static final Duration POLL = Duration.ofMillis(500);

  private final ReplayFolder folder;
  private final Consumer<ReplayProgress> watcher;
  private final long startNanos = System.nanoTime();
  private final ReplayProgress before;
  private ReplayProgress now;

  private ReplayRun(ReplayFolder folder, Consumer<ReplayProgress> watcher) throws IOException {
    this.folder = folder;
    this.watcher = watcher;
    this.before = folder.progress();
    this.now = before;
  }

  /**
   * Returns the settings of Flink for a replay: it goes on from its newest checkpoint, and ends
   * where it cannot go on.
   */
  public static Configuration configuration(ReplayFolder folder) throws IOException {
    Configuration configuration = LocalState.configuration(folder.checkpoints());
    configuration.addAll(ReplaySettings.here());
    // Accumulators travel with it.
    configuration.set(HeartbeatManagerOptions.HEARTBEAT_INTERVAL, Duration.ofSeconds(1));
    return configuration;
  }

  /**
   * Tells whether a replay had ended when its process was killed, before that could be kept: Flink
   * deletes the checkpoints of a job that has ended, and of no other one.
   */
  public static boolean hasEnded(ReplayFolder folder) throws IOException {
    return folder.progress().state() == ReplayState.FINISHED
        || (folder.progress().checkpointed() && LocalState.newest(folder.checkpoints()).isEmpty());
  }

  /**
   * Executes the replay that was built into an environment, to its end.
   *
   * @param watcher told now and then how far it is
   */
  public static ReplayProgress execute(
      StreamExecutionEnvironment environment, ReplayFolder folder, Consumer<ReplayProgress> watcher)
      throws Exception {
    return new ReplayRun(folder, watcher).execute(environment);
  }

  private ReplayProgress execute(StreamExecutionEnvironment environment) throws Exception {
    keep(ReplayState.RUNNING, Optional.empty());
    JobClient job = environment.executeAsync();
    CompletableFuture<JobExecutionResult> end = job.getJobExecutionResult();
    while (true) {
      try {
        Map<String, Object> result =
            end.get(POLL.toMillis(), TimeUnit.MILLISECONDS).getAllAccumulatorResults();
        keep(ReplayState.FINISHED, TallySum.of(result));
        return now;
      } catch (TimeoutException e) {
        keep(ReplayState.RUNNING, tallies(job));
        watcher.accept(now);
      } catch (ExecutionException e) {
        keep(ReplayState.FAILED, Optional.empty());
        throw e;
      }
    }
  }

  private static Optional<Tallies> tallies(JobClient job) throws InterruptedException {
    try {
      return TallySum.of(job.getAccumulators().get(POLL.toMillis(), TimeUnit.MILLISECONDS));
    } catch (ExecutionException | TimeoutException | IllegalStateException e) {
      return Optional.empty(); // before the job runs; behind its end Flink may be gone, too
    }
  }

  /** What was known stays where nothing is told: so it is when the one that adds up has ended. */
  private void keep(ReplayState state, Optional<Tallies> tallies) throws IOException {
    long millis = Duration.ofNanos(System.nanoTime() - startNanos).toMillis();
    now =
        new ReplayProgress(
            state,
            tallies.orElse(now.tallies()),
            before.millis() + millis,
            now.checkpointed() || hasCheckpoint());
    folder.write(now);
  }

  private boolean hasCheckpoint() {
    try {
      return LocalState.newest(folder.checkpoints()).isPresent();
    } catch (IOException | UncheckedIOException e) { // Flink makes and deletes folders meanwhile
      return false;
    }
  }
}
