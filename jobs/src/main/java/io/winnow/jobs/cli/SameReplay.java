package io.winnow.jobs.cli;

import io.winnow.jobs.kafka.Topics;
import io.winnow.jobs.pipeline.Pipeline;
import io.winnow.jobs.pipeline.ReplaySink;
import io.winnow.jobs.replay.PipelineDigest;
import io.winnow.jobs.replay.ReplayPlan;
import io.winnow.operators.config.ConfigurationException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;

/** The pipeline of a replay that goes on: the same as when it started. */
record SameReplay(Pipeline pipeline, Topics topics) {

  /**
   * Returns it.
   *
   * @throws ConfigurationException if the file, a model or the Kafka cluster is another one
   */
  static SameReplay of(ReplayPlan plan, CommandSpec verb)
      throws ConfigurationException, IOException, InterruptedException {
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
    return new SameReplay(pipeline, topics);
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
