package io.winnow.jobs.cli;

import io.winnow.jobs.LocalFlink;
import io.winnow.jobs.ReplayRun;
import io.winnow.jobs.display.ReplayMeter;
import io.winnow.jobs.replay.ReplayFolder;
import io.winnow.jobs.replay.ReplayPlan;
import io.winnow.jobs.replay.ReplayProgress;
import io.winnow.operators.config.ConfigurationException;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;

/** Executes a replay in this process. */
final class ReplayExecution implements KeptPlace {
  private final CommandSpec verb;
  private final @Nullable Integer uiPort;
  private final StreamExecutionEnvironment environment;

  /**
   * Creates an execution.
   *
   * @throws ConfigurationException if this is no process of its own
   */
  ReplayExecution(CommandSpec verb, @Nullable Integer uiPort) throws ConfigurationException {
    this.verb = verb;
    this.uiPort = uiPort;
    this.environment =
        OwnProcess.environment("a replay", "submit it with 'winnow replay --cluster HOST:PORT'");
  }

  @Override
  public int defaultParallelism() {
    return environment.getParallelism();
  }

  @Override
  public Optional<ReplayProgress> resume(ReplayFolder folder) throws Exception {
    if (ReplayRun.hasEnded(folder)) {
      return Optional.of(ReplayEnd.told(folder, verb));
    }
    return run(ReplayWork.again(folder.plan(), verb), folder);
  }

  @Override
  public Optional<ReplayProgress> run(ReplayWork work, ReplayFolder folder) throws Exception {
    ReplayPlan plan = folder.plan();
    environment.configure(ReplayRun.configuration(folder));
    environment.configure(LocalFlink.configuration(uiPort));
    work.build(environment, plan);
    PrintWriter err = verb.commandLine().getErr();
    err.printf("Replaying; Ctrl-C stops, '%s' goes on from there%n", ReplayEnd.again(plan));
    try (ReplayMeter meter = ReplayMeter.of(plan.range(), folder.progress(), err)) {
      ReplayProgress end = ReplayRun.execute(environment, folder, meter::show);
      ReplayEnd.deleteGroup(work.pipeline(), plan);
      return Optional.of(end);
    } catch (ExecutionException e) {
      throw ReplayEnd.failure(e, work.pipeline(), plan);
    }
  }
}
