package io.winnow.jobs.cli;

import io.winnow.jobs.FlinkCluster;
import io.winnow.jobs.JobJar;
import io.winnow.jobs.NamedCheckpoint;
import io.winnow.jobs.RemoteReplay;
import io.winnow.jobs.RemoteReplay.Sight;
import io.winnow.jobs.ReplaySettings;
import io.winnow.jobs.display.ReplayMeter;
import io.winnow.jobs.pipeline.Pipeline;
import io.winnow.jobs.replay.ClusterJob;
import io.winnow.jobs.replay.ReplayFolder;
import io.winnow.jobs.replay.ReplayOptions;
import io.winnow.jobs.replay.ReplayPlan;
import io.winnow.jobs.replay.ReplayProgress;
import io.winnow.jobs.replay.ReplayState;
import io.winnow.operators.config.ConfigurationException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.apache.flink.api.common.JobID;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;

/** Runs a replay on a cluster, and watches it there unless it is told to leave it alone. */
final class ClusterReplay implements KeptPlace {
  private static final Duration ABSENCE = Duration.ofMinutes(1);

  private final CommandSpec verb;
  private final FlinkCluster cluster;
  private final JobJar jar;
  private final PlaceOptions options;
  private final RemoteReplay remote;

  ClusterReplay(CommandSpec verb, FlinkCluster cluster, JobJar jar, PlaceOptions options) {
    this.verb = verb;
    this.cluster = cluster;
    this.jar = jar;
    this.options = options;
    this.remote = new RemoteReplay(cluster.address(), ClusterOptions.PATIENCE);
  }

  @Override
  public int defaultParallelism() {
    return cluster.environment(jar.path()).getParallelism();
  }

  @Override
  public void check(ReplayOptions options) throws IOException, InterruptedException {
    if (!remote.keepsCheckpoints()) {
      FailureReport.warnings(verb)
          .accept(
              "%s has no execution.checkpointing.dir: a replay that fails or is cancelled there cannot go on"
                  .formatted(cluster.address()));
    }
  }

  @Override
  public Optional<ReplayProgress> run(ReplayWork work, ReplayFolder folder) throws Exception {
    submit(work, folder, null);
    return follow(work.pipeline(), folder);
  }

  /** Goes on only from what is known to be the last thing that the job before it did. */
  @Override
  public Optional<ReplayProgress> resume(ReplayFolder folder) throws Exception {
    ClusterJob known = folder.cluster().orElseThrow();
    Optional<Sight> sight =
        known.ended()
            ? Optional.of(new Sight(known, folder.progress()))
            : remote.look(known, folder.progress());
    if (sight.isEmpty()) {
      return goOn(folder, named(known, folder.plan()));
    }
    requireNoName(sight.get().job());
    folder.write(sight.get().progress(), sight.get().job());
    return switch (sight.get().progress().state()) {
      case RUNNING -> {
        verb.commandLine().getErr().printf("Replay %s still runs%n", folder.plan().id());
        Path file = Path.of(folder.plan().pipelineFile());
        yield follow(PipelineArgument.of(verb, file).loaded(), folder);
      }
      case FINISHED -> Optional.of(ReplayEnd.told(folder, verb));
      case STOPPED, FAILED -> goOn(folder, kept(sight.get().job(), folder.plan()));
    };
  }

  /** Returns the checkpoint that a user names for a job that its cluster does not know. */
  private String named(ClusterJob job, ReplayPlan plan) throws ConfigurationException {
    if (options.checkpoint == null) {
      throw new ConfigurationException(
          "The cluster at %s does not know job %s of replay %s any more, so nobody knows what it wrote last (%s), and going on might write it twice. If the job is surely gone, name its newest complete checkpoint with --checkpoint, or start a new replay"
              .formatted(
                  job.cluster(),
                  job.id(),
                  plan.id(),
                  job.checkpoint() == null
                      ? "no checkpoint was ever seen"
                      : "seen last: " + job.checkpoint()));
    }
    return NamedCheckpoint.checked(options.checkpoint, job, FailureReport.warnings(verb))
        .toString();
  }

  private void requireNoName(ClusterJob job) throws ConfigurationException {
    if (options.checkpoint != null) {
      throw new ConfigurationException(
          "--checkpoint: expected only for a job that its cluster has forgotten, but job %s is known; remove it"
              .formatted(job.id()));
    }
  }

  /** Returns where a job goes on that has ended; null for the start, as nothing was written. */
  private static @Nullable String kept(ClusterJob job, ReplayPlan plan)
      throws ConfigurationException {
    String checkpoint = job.checkpoint();
    if (checkpoint != null && (checkpoint.isBlank() || checkpoint.startsWith("<"))) {
      throw new ConfigurationException(
          "Expected a checkpoint of replay %s on a file system, but the cluster at %s tells of none: without execution.checkpointing.dir it keeps them in the job manager's memory, and they are gone; set it, and start a new replay"
              .formatted(plan.id(), job.cluster()));
    }
    return checkpoint;
  }

  private Optional<ReplayProgress> goOn(ReplayFolder folder, @Nullable String checkpoint)
      throws Exception {
    ReplayWork work = ReplayWork.again(folder.plan(), verb);
    submit(work, folder, checkpoint);
    return follow(work.pipeline(), folder);
  }

  private void submit(ReplayWork work, ReplayFolder folder, @Nullable String checkpoint)
      throws Exception {
    StreamExecutionEnvironment environment = cluster.environment(jar.path());
    environment.configure(ReplaySettings.onCluster(checkpoint));
    work.build(environment, folder.plan());
    Submission submission = new Submission(cluster, verb, environment);
    ClusterJob job =
        new ClusterJob(
            cluster.address().toString(),
            submission.job().toString(),
            checkpoint,
            false,
            folder.progress().millis(),
            jar == JobJar.WITH_NATIVES);
    new ReplayHandover(remote, folder).submit(submission, job);
  }

  private Optional<ReplayProgress> follow(Pipeline pipeline, ReplayFolder folder) throws Exception {
    if (options.detach) {
      return Optional.empty();
    }
    ReplayPlan plan = folder.plan();
    JobID job = JobID.fromHexString(folder.cluster().orElseThrow().id());
    PrintWriter err = verb.commandLine().getErr();
    err.printf("Replaying at %s%n", cluster.ui(job));
    err.printf(
        "Ctrl-C stops watching only, 'winnow progress %s' looks again; 'flink cancel %s' or the web UI cancels the job%n",
        plan.id(), job);
    try (ReplayMeter meter = ReplayMeter.of(plan.range(), folder.progress(), err)) {
      ReplayProgress end = new ReplayWatch(remote, folder, ABSENCE).untilEnd(meter::show);
      requireFinished(end, pipeline, plan, job);
      ReplayEnd.deleteGroup(pipeline, plan);
      return Optional.of(end);
    }
  }

  private void requireFinished(ReplayProgress end, Pipeline pipeline, ReplayPlan plan, JobID job)
      throws Exception {
    Optional<Throwable> failure =
        end.state() == ReplayState.FAILED ? cluster.failure(job) : Optional.empty();
    if (failure.isPresent()) {
      throw ReplayEnd.failure(failure.get(), pipeline, plan);
    }
    if (end.state() != ReplayState.FINISHED) {
      throw new IllegalStateException(
          "Replay %s was %s on the cluster; '%s' goes on"
              .formatted(plan.id(), end.state().word(), ReplayEnd.again(plan)));
    }
  }
}
