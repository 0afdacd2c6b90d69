package io.winnow.jobs.cli;

import io.winnow.jobs.kafka.Outage;
import io.winnow.jobs.pipeline.UnreachableException;
import java.io.IOException;
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

  /** Something that is asked of brokers, a schema registry or a file system. */
  @FunctionalInterface
  interface Question<T> {
    /**
     * Asks it once.
     *
     * @throws UnreachableException if there is no answer
     * @throws IOException if brokers gave none in the middle of it
     */
    T ask() throws Exception;
  }

  /**
   * Asks until there is an answer, whatever it is, where Flink may keep a job; once elsewhere. If
   * the program failed, Flink would take the application for failed, and throw the job and the
   * place of its checkpoints away.
   */
  static <T> T answer(StreamExecutionEnvironment environment, Question<T> question)
      throws Exception {
    while (true) {
      try {
        return question.ask();
      } catch (UnreachableException | IOException e) {
        boolean mayEnd = e instanceof UnreachableException || Outage.isBehind(e);
        if (!mayEnd || !mayKeepJob(environment)) {
          throw e;
        }
        LOG.warn("{}; asking again in {} s", e.getMessage(), PAUSE.toSeconds());
        Thread.sleep(PAUSE.toMillis());
      }
    }
  }

  private static boolean mayKeepJob(StreamExecutionEnvironment environment) {
    return isHosted(environment) && isHighlyAvailable(environment) && hasOneJob(environment);
  }
}
