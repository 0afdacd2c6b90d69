package io.winnow.jobs.cli;

import io.winnow.jobs.ReplaySettings;
import io.winnow.jobs.replay.BoundReader;
import io.winnow.jobs.replay.ReplayId;
import io.winnow.jobs.replay.ReplayOptions;
import io.winnow.jobs.replay.ReplayPlan;
import io.winnow.jobs.replay.ReplayProgress;
import io.winnow.jobs.replay.ReplayState;
import io.winnow.jobs.replay.Replays;
import io.winnow.jobs.tally.TallySum;
import io.winnow.operators.config.ConfigurationException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.JobExecutionResult;
import org.apache.flink.configuration.HighAvailabilityOptions;
import org.apache.flink.configuration.PipelineOptionsInternal;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import picocli.CommandLine.Model.CommandSpec;

/**
 * Runs a replay in application mode: this program is part of the job manager, which keeps the job.
 *
 * <p>A job manager that takes over goes on with the job that was kept if the new one has the same
 * name. The name holds the id of the replay, so the id must be the same each time; the offsets are
 * those of the first time.
 */
final class HostedReplay implements ReplayPlace {
  private static final String BY_CLIENT =
      "submit the replay to the cluster with 'winnow replay --cluster HOST:PORT'";

  /** What needs a terminal, or a folder that outlives the job manager. */
  private static final List<String> OPTIONS_OF_CLIENTS =
      List.of("--dry-run", "--ui-port", "--state");

  private final CommandSpec verb;
  private final StreamExecutionEnvironment environment;

  HostedReplay(CommandSpec verb, StreamExecutionEnvironment environment) {
    this.verb = verb;
    this.environment = environment;
  }

  @Override
  public int defaultParallelism() {
    return environment.getParallelism();
  }

  @Override
  public void check(ReplayOptions options) throws ConfigurationException {
    List<String> problems = new ArrayList<>();
    checkRecovery(problems);
    checkBound("--from", options.from(), problems);
    checkBound("--to", options.to(), problems);
    for (String option : OPTIONS_OF_CLIENTS) {
      if (verb.commandLine().getParseResult().hasMatchedOption(option)) {
        problems.add(
            "%s: expected from a terminal, but found in application mode; remove it, or %s"
                .formatted(option, BY_CLIENT));
      }
    }
    if (!problems.isEmpty()) {
      throw new ConfigurationException(problems);
    }
  }

  private void checkRecovery(List<String> problems) {
    if (!ApplicationMode.isHighlyAvailable(environment)) {
      problems.add(
          "%s: expected kubernetes or zookeeper, found %s: after the death of the job manager Flink would begin a replay in application mode anew, and its records would come twice; set it and %s, or %s"
              .formatted(
                  HighAvailabilityOptions.HA_MODE.key(),
                  environment.getConfiguration().get(HighAvailabilityOptions.HA_MODE),
                  HighAvailabilityOptions.HA_STORAGE_PATH.key(),
                  BY_CLIENT));
    } else if (!ApplicationMode.hasOneJob(environment)) { // the web UI was given the jar
      problems.add(
          "Expected application mode, where the job has one id as long as it lives, found a session cluster; "
              + BY_CLIENT);
    }
  }

  /**
   * {@code earliest} may stay: where it moves, retention took what nobody can read any more. What
   * counts from now is another range each time that the program runs.
   */
  private static void checkBound(String option, String bound, List<String> problems) {
    if (BoundReader.countsFromNow(bound)) {
      problems.add(
          "%s: expected in application mode a bound that is the same whenever Flink starts the program, a date (2026-01-31), a date-time with its zone (2026-01-31T12:00:00Z) or @FILE with offsets, found '%s'; write the time that is meant"
              .formatted(option, bound));
    }
  }

  @Override
  public <T> T answer(ApplicationMode.Question<T> question) throws Exception {
    return ApplicationMode.answer(environment, question);
  }

  @Override
  public String id(String pipeline, ReplayOptions options) {
    return ReplayId.ofJob(
        environment.getConfiguration().get(PipelineOptionsInternal.PIPELINE_FIXED_JOB_ID),
        pipeline,
        options);
  }

  /**
   * {@inheritDoc}
   *
   * <p>Runs the job also where nothing is stale (any more): Flink forgets a job that it kept if the
   * program does not ask for it, and its last transactions would stay open.
   */
  @Override
  public void start(ReplayWork work, ReplayPlan plan, Replays replays, ReplayOutput output)
      throws Exception {
    environment.configure(ReplaySettings.onCluster(null));
    work.build(environment, plan);
    JobClient job = environment.executeAsync(); // execute() would not wait for the end
    verb.commandLine()
        .getErr()
        .printf("Replaying as job %s; Flink's web UI shows how far it is%n", job.getJobID());
    try {
      JobExecutionResult end = job.getJobExecutionResult().get();
      ReplayEnd.deleteGroup(work.pipeline(), plan);
      TallySum.of(end.getAllAccumulatorResults())
          .map(tallies -> new ReplayProgress(ReplayState.FINISHED, tallies, millis(end), true))
          .ifPresent(progress -> output.show(plan, progress));
    } catch (ExecutionException e) {
      // Flink itself tells whether the job failed or was cancelled, as long as nothing is thrown.
      verb.commandLine()
          .getErr()
          .println(FailureReport.error(ReplayEnd.reason(e, work.pipeline(), plan)));
    }
  }

  private static long millis(JobExecutionResult end) {
    return end.getNetRuntime(TimeUnit.MILLISECONDS);
  }
}
