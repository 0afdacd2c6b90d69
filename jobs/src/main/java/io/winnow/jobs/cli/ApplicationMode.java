package io.winnow.jobs.cli;

import io.winnow.jobs.pipeline.Pipeline;
import io.winnow.jobs.pipeline.UnreachableException;
import io.winnow.operators.config.ConfigurationException;
import java.time.Duration;
import org.apache.flink.client.deployment.application.executors.EmbeddedExecutor;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.DeploymentOptions;
import org.apache.flink.configuration.PipelineOptionsInternal;
import org.apache.flink.runtime.jobmanager.HighAvailabilityMode;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is particular where the job manager itself runs this program.
 *
 * <p>A job manager that takes over from a dead one runs the program again, and goes on with the job
 * that the dead one kept, once the program asks for it.
 */
final class ApplicationMode {
  private static final Logger LOG = LoggerFactory.getLogger(ApplicationMode.class);
  private static final Duration PAUSE = Duration.ofSeconds(5);

  private ApplicationMode() {}

  /** Tells whether an environment is that of a job manager which runs this program. */
  static boolean isHosted(StreamExecutionEnvironment environment) {
    return EmbeddedExecutor.NAME.equals(
        environment.getConfiguration().get(DeploymentOptions.TARGET));
  }

  static boolean isHighlyAvailable(StreamExecutionEnvironment environment) {
    return HighAvailabilityMode.isHighAvailabilityModeActivated(
        (Configuration) environment.getConfiguration());
  }

  /** Tells whether a job has one id as long as it lives; not on a session cluster. */
  static boolean hasOneJob(StreamExecutionEnvironment environment) {
    return environment
        .getConfiguration()
        .getOptional(PipelineOptionsInternal.PIPELINE_FIXED_JOB_ID)
        .isPresent();
  }

  /**
   * Waits, where Flink may keep a job, for an answer of the brokers and the schema registry,
   * whatever it is. If the program failed instead, Flink would take the application for failed, and
   * throw the job and the place of its checkpoints away.
   *
   * @param patience how long the brokers may take each time
   */
  static void awaitAnswers(
      StreamExecutionEnvironment environment, Pipeline pipeline, Duration patience)
      throws InterruptedException {
    boolean keepsJob =
        isHosted(environment) && isHighlyAvailable(environment) && hasOneJob(environment);
    while (keepsJob && !answers(pipeline, patience)) {
      Thread.sleep(PAUSE.toMillis());
    }
  }

  private static boolean answers(Pipeline pipeline, Duration patience) throws InterruptedException {
    try {
      OnlineCheck.of(pipeline, patience);
    } catch (UnreachableException e) {
      e.problems()
          .forEach(problem -> LOG.warn("{}; asking again in {} s", problem, PAUSE.toSeconds()));
      return false;
    } catch (ConfigurationException e) {
      return true; // the start itself tells it
    }
    return true;
  }
}
