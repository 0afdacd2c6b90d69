package io.winnow.jobs.cli;

import io.winnow.jobs.EnrichmentJob;
import io.winnow.jobs.LocalFlink;
import io.winnow.jobs.ReplayRun;
import io.winnow.jobs.display.ReplayMeter;
import io.winnow.jobs.kafka.ReplayBroker;
import io.winnow.jobs.kafka.RetentionLoss;
import io.winnow.jobs.kafka.Topics;
import io.winnow.jobs.pipeline.Pipeline;
import io.winnow.jobs.pipeline.ReplaySink;
import io.winnow.jobs.replay.PipelineDigest;
import io.winnow.jobs.replay.ReplayFolder;
import io.winnow.jobs.replay.ReplayPlan;
import io.winnow.jobs.replay.ReplayProgress;
import io.winnow.jobs.replay.ReplayState;
import io.winnow.jobs.stale.StaleSelection;
import io.winnow.operators.config.ConfigurationException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Model.CommandSpec;

/** Executes a replay in this process. */
final class ReplayExecution {
  private static final Logger LOG = LoggerFactory.getLogger(ReplayExecution.class);

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
    this.environment = OwnProcess.environment("a replay");
  }

  int defaultParallelism() {
    return environment.getParallelism();
  }

  /** Goes on with a replay, if it is still the same one. */
  ReplayProgress resume(ReplayFolder folder) throws Exception {
    if (ReplayRun.hasEnded(folder)) {
      verb.commandLine().getErr().printf("Replay %s has ended%n", folder.plan().id());
      ReplayProgress ended = folder.progress().as(ReplayState.FINISHED);
      folder.write(ended);
      return ended;
    }
    ReplayPlan plan = folder.plan();
    Path file = Path.of(plan.pipelineFile());
    if (!PipelineDigest.of(file).equals(plan.pipelineDigest())) {
      throw new ConfigurationException(
          "Expected %s as it was when replay %s started, but it has changed; restore it, or start a new replay"
              .formatted(file, plan.id()));
    }
    Pipeline checked = PipelineArgument.of(verb, file).checked();
    requireSameModels(plan, checked.fingerprints());
    Pipeline pipeline = ReplaySink.of(checked, plan.options().toTopic());
    Topics topics = OnlineCheck.of(pipeline, RunVerb.BROKER_PATIENCE);
    if (!topics.clusterId().equals(plan.clusterId())) {
      throw new ConfigurationException(
          "source.bootstrap-servers: expected the Kafka cluster %s that replay %s started with, found %s"
              .formatted(plan.clusterId(), plan.id(), topics.clusterId()));
    }
    StaleSelection stale = StaleScan.of(pipeline, plan, FailureReport.warnings(verb)).orElse(null);
    return run(pipeline, topics, folder, stale);
  }

  private static void requireSameModels(ReplayPlan plan, Map<String, String> found)
      throws ConfigurationException {
    if (!found.equals(plan.fingerprints())) {
      throw new ConfigurationException(
          "Expected the models that replay %s started with, %s, found %s; restore them, or start a new replay"
              .formatted(plan.id(), plan.fingerprints(), found));
    }
  }

  ReplayProgress run(
      Pipeline pipeline, Topics topics, ReplayFolder folder, @Nullable StaleSelection stale)
      throws Exception {
    ReplayPlan plan = folder.plan();
    environment.configure(ReplayRun.configuration(folder));
    environment.configure(LocalFlink.configuration(uiPort));
    EnrichmentJob.build(environment, pipeline, topics, plan, stale);
    PrintWriter err = verb.commandLine().getErr();
    String again = "winnow replay --resume " + plan.id();
    err.printf("Replaying; Ctrl-C stops, '%s' goes on from there%n", again);
    try (ReplayMeter meter = ReplayMeter.of(plan.range(), folder.progress(), err)) {
      ReplayProgress end = ReplayRun.execute(environment, folder, meter::show);
      deleteGroup(pipeline, plan);
      return end;
    } catch (ExecutionException e) {
      throw new IllegalStateException(
          RetentionLoss.explain(e, plan.range().topic())
              .map(pipeline.secrets()::hide)
              .orElseGet(() -> FailureReport.told(e) + "; '" + again + "' goes on"),
          e);
    }
  }

  /** It shows progress in Kafka's own tools, and is of no use after the end; nor does it harm. */
  private static void deleteGroup(Pipeline pipeline, ReplayPlan plan) throws InterruptedException {
    try (ReplayBroker broker = ReplayBroker.connect(pipeline, RunVerb.BROKER_PATIENCE)) {
      broker.deleteGroup(plan.consumerGroup());
    } catch (IOException e) {
      LOG.info("Consumer group {} stays", plan.consumerGroup(), e);
    }
  }
}
