package io.winnow.jobs.cli;

import io.winnow.jobs.kafka.ReplayBroker;
import io.winnow.jobs.kafka.RetentionLoss;
import io.winnow.jobs.pipeline.Pipeline;
import io.winnow.jobs.replay.ReplayFolder;
import io.winnow.jobs.replay.ReplayPlan;
import io.winnow.jobs.replay.ReplayProgress;
import io.winnow.jobs.replay.ReplayState;
import java.io.IOException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Model.CommandSpec;

/** What comes after a replay, wherever it ran. */
final class ReplayEnd {
  private static final Logger LOG = LoggerFactory.getLogger(ReplayEnd.class);

  private ReplayEnd() {}

  /** Returns how far a replay came, where somebody wanted to go on with one that has ended. */
  static ReplayProgress told(ReplayFolder folder, CommandSpec verb) throws IOException {
    verb.commandLine().getErr().printf("Replay %s has ended%n", folder.plan().id());
    ReplayProgress ended = folder.progress().as(ReplayState.FINISHED);
    folder.write(ended);
    return ended;
  }

  /** Returns what to tell of a replay that failed, and that can go on. */
  static IllegalStateException failure(Throwable failure, Pipeline pipeline, ReplayPlan plan) {
    return new IllegalStateException(
        loss(failure, pipeline, plan)
            .orElseGet(() -> FailureReport.told(failure) + "; '" + again(plan) + "' goes on"),
        failure);
  }

  /** Returns why a replay ended before it was done. */
  static String reason(Throwable failure, Pipeline pipeline, ReplayPlan plan) {
    return loss(failure, pipeline, plan).orElseGet(() -> FailureReport.told(failure));
  }

  private static Optional<String> loss(Throwable failure, Pipeline pipeline, ReplayPlan plan) {
    return RetentionLoss.explain(failure, plan.range().topic()).map(pipeline.secrets()::hide);
  }

  /** Returns the command that goes on with a replay. */
  static String again(ReplayPlan plan) {
    return "winnow replay --resume " + plan.id();
  }

  /** It shows progress in Kafka's own tools, and is of no use after the end; nor does it harm. */
  static void deleteGroup(Pipeline pipeline, ReplayPlan plan) throws InterruptedException {
    try (ReplayBroker broker = ReplayBroker.connect(pipeline, RunVerb.BROKER_PATIENCE)) {
      broker.deleteGroup(plan.consumerGroup());
    } catch (IOException e) {
      LOG.info("Consumer group {} stays", plan.consumerGroup(), e);
    }
  }
}
