package io.winnow.jobs;

import com.fasterxml.jackson.databind.JsonNode;
import io.winnow.jobs.replay.ClusterJob;
import io.winnow.jobs.replay.ReplayProgress;
import io.winnow.jobs.tally.Tallies;
import io.winnow.jobs.tally.TallySum;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.RestOptions;

/** Looks at the job of a replay on a cluster, from outside. */
public final class RemoteReplay {
  private static final Duration SPARE = Duration.ofMillis(500);

  private final FlinkRest rest;

  /**
   * Creates it.
   *
   * @param patience how long an answer may take
   */
  public RemoteReplay(ClusterAddress address, Duration patience) {
    this.rest = new FlinkRest(address, patience);
  }

  /** What is known of a replay after a look at its job. */
  public record Sight(ClusterJob job, ReplayProgress progress) {}

  /** Tells whether the cluster keeps checkpoints that outlive a job. */
  public boolean keepsCheckpoints() throws IOException, InterruptedException {
    return rest.settings().getOptional(CheckpointingOptions.CHECKPOINTS_DIRECTORY).isPresent();
  }

  /**
   * Looks at a job.
   *
   * @return empty if the cluster does not know the job
   * @throws IOException if it does not answer
   */
  public Optional<Sight> look(ClusterJob known, ReplayProgress before)
      throws IOException, InterruptedException {
    return read(known.id()).map(job -> new Sight(job.job(known), job.progress(known, before)));
  }

  private Optional<RemoteJob> read(String id) throws IOException, InterruptedException {
    Optional<JsonNode> job = rest.find("/jobs/" + id);
    if (job.isEmpty()) {
      return Optional.empty();
    }
    JobStatus status = status(job.get().path("state").asText());
    if (status.isGloballyTerminalState()) {
      awaitLastCheckpoint(job.get());
    }
    Optional<Tallies> tallies = tallies(id);
    long millis = job.get().path("duration").asLong();
    return rest.find("/jobs/" + id + "/checkpoints")
        .map(RemoteCheckpoint::newest)
        .map(newest -> new RemoteJob(status, millis, tallies, newest));
  }

  private static JobStatus status(String word) throws IOException {
    try {
      return JobStatus.valueOf(word);
    } catch (IllegalArgumentException e) {
      throw new IOException("a job in the unknown state '" + word + "'", e);
    }
  }

  /**
   * Flink answers with statistics of checkpoints that it read a while ago: the last one before the
   * end may be missing, and who went on without it would double.
   */
  private void awaitLastCheckpoint(JsonNode job) throws IOException, InterruptedException {
    long endedForMillis = job.path("now").asLong() - job.path("end-time").asLong();
    Duration cached = rest.settings().get(RestOptions.CACHE_CHECKPOINT_STATISTICS_TIMEOUT);
    long millis = cached.plus(SPARE).toMillis() - Math.max(0, endedForMillis);
    if (millis > 0) {
      TimeUnit.MILLISECONDS.sleep(millis);
    }
  }

  private Optional<Tallies> tallies(String id) throws IOException, InterruptedException {
    Map<String, Object> values = new HashMap<>();
    rest.find("/jobs/" + id + "/accumulators")
        .ifPresent(
            found ->
                found
                    .path("user-task-accumulators")
                    .forEach(
                        accumulator ->
                            values.put(
                                accumulator.path("name").asText(),
                                accumulator.path("value").asLong())));
    return TallySum.of(values);
  }
}
