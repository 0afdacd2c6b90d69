package io.winnow.jobs.cli;

import io.winnow.jobs.kafka.TopicCheck;
import io.winnow.jobs.kafka.Topics;
import io.winnow.jobs.pipeline.Pipeline;
import io.winnow.jobs.pipeline.UnreachableException;
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
   * @throws UnreachableException with every problem of either, if one does not answer
   * @throws ConfigurationException with every problem of either, if both answer
   */
  static Topics of(Pipeline pipeline, Duration patience)
      throws ConfigurationException, InterruptedException {
    List<ConfigurationException> failures = new ArrayList<>();
    try {
      RegistryCheck.check(pipeline);
    } catch (ConfigurationException e) {
      failures.add(e);
    }
    try {
      Topics topics = TopicCheck.of(pipeline, patience);
      if (failures.isEmpty()) {
        return topics;
      }
    } catch (ConfigurationException e) {
      failures.add(e);
    }

    List<String> problems = failures.stream().flatMap(each -> each.problems().stream()).toList();
    throw UnreachableException.orRefusal(
        failures.stream().anyMatch(UnreachableException.class::isInstance), problems);
  }
}
