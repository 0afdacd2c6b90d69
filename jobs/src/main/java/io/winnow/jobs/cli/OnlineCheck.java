package io.winnow.jobs.cli;

import io.winnow.jobs.kafka.TopicCheck;
import io.winnow.jobs.kafka.Topics;
import io.winnow.jobs.pipeline.Pipeline;
import io.winnow.jobs.registry.RegistryCheck;
import io.winnow.operators.config.ConfigurationException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Asks what a pipeline talks to: the brokers, and its schema registry if it has one. */
final class OnlineCheck {
  private OnlineCheck() {}

  /**
   * Returns what is known of the topics.
   *
   * @param patience how long the broker may take
   * @throws ConfigurationException with every problem of either
   */
  static Topics of(Pipeline pipeline, Duration patience)
      throws ConfigurationException, InterruptedException {
    List<String> problems = RegistryCheck.problems(pipeline);
    try {
      Topics topics = TopicCheck.of(pipeline, patience);
      if (problems.isEmpty()) {
        return topics;
      }
    } catch (ConfigurationException e) {
      problems = new ArrayList<>(problems);
      problems.addAll(e.problems());
    }

    throw new ConfigurationException(problems);
  }
}
