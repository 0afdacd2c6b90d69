package io.winnow.jobs.cli;

import io.winnow.jobs.EnrichmentJob;
import io.winnow.jobs.kafka.Topics;
import io.winnow.jobs.pipeline.Pipeline;
import io.winnow.jobs.pipeline.ReplaySink;
import io.winnow.jobs.replay.PipelineDigest;
import io.winnow.jobs.replay.ReplayPlan;
import io.winnow.jobs.stale.StaleCounts;
import io.winnow.jobs.stale.StaleSelection;
import io.winnow.operators.config.ConfigurationException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;

/**
 * What a replay works with.
 *
 * @param stale those events of the range that it takes; null for all records
 */
record ReplayWork(Pipeline pipeline, Topics topics, @Nullable StaleSelection stale) {

  /** Returns that of a new replay. */
  static ReplayWork of(ReplayPlanner.Planned planned, CommandSpec verb)
      throws ConfigurationException, IOException, InterruptedException {
    return of(planned.pipeline(), planned.topics(), planned.plan(), verb);
  }

  /**
   * Returns that of a replay that goes on: the same as when it started.
   *
   * @throws ConfigurationException if the file, a model or the Kafka cluster is another one
   */
  static ReplayWork again(ReplayPlan plan, CommandSpec verb)
      throws ConfigurationException, IOException, InterruptedException {
    Path file = Path.of(plan.pipelineFile());
    PipelineArgument argument = PipelineArgument.of(verb, file);
    if (!PipelineDigest.of(file, argument.loaded()).equals(plan.pipelineDigest())) {
      throw new ConfigurationException(
          "Expected %s, and the topics and the schema that it names, as they were when replay %s started, but they have changed; restore them, or start a new replay"
              .formatted(file, plan.id()));
    }
    Pipeline checked = argument.checked();
    requireSameModels(plan, checked.fingerprints());
    Pipeline pipeline = ReplaySink.of(checked, plan.options().toTopic());
    Topics topics = OnlineCheck.of(pipeline, RunVerb.BROKER_PATIENCE);
    if (!topics.clusterId().equals(plan.clusterId())) {
      throw new ConfigurationException(
          "source.bootstrap-servers: expected the Kafka cluster %s that replay %s started with, found %s"
              .formatted(plan.clusterId(), plan.id(), topics.clusterId()));
    }
    return of(pipeline, topics, plan, verb);
  }

  private static ReplayWork of(Pipeline pipeline, Topics topics, ReplayPlan plan, CommandSpec verb)
      throws ConfigurationException, IOException, InterruptedException {
    StaleSelection stale = StaleScan.of(pipeline, plan, FailureReport.warnings(verb)).orElse(null);
    return new ReplayWork(pipeline, topics, stale);
  }

  /** Returns what was found of the range; null where all records are taken. */
  @Nullable StaleCounts staleCounts() {
    return stale == null ? null : stale.counts();
  }

  /** Builds the job into an environment. */
  void build(StreamExecutionEnvironment environment, ReplayPlan plan) {
    EnrichmentJob.build(environment, pipeline, topics, plan, stale);
  }

  private static void requireSameModels(ReplayPlan plan, Map<String, String> found)
      throws ConfigurationException {
    if (!found.equals(plan.fingerprints())) {
      throw new ConfigurationException(
          "Expected the models that replay %s started with, %s, found %s; restore them, or start a new replay"
              .formatted(plan.id(), plan.fingerprints(), found));
    }
  }
}
