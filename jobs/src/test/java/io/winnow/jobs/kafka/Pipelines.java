package io.winnow.jobs.kafka;

import io.winnow.jobs.pipeline.Pipeline;
import io.winnow.operators.config.ConfigurationException;
import io.winnow.operators.config.Substitution;

/** Pipelines for tests: topics in, out and dead. */
final class Pipelines {
  private Pipelines() {}

  /**
   * Parses a pipeline.
   *
   * @param more lines of the file's root
   */
  static Pipeline at(String servers, String more) throws ConfigurationException {
    String yaml =
        """
        name: support
        source: {bootstrap-servers: "%s", topic: in}
        text: text
        enrichments: [{name: intent, model: models/intent}]
        sink: {topic: out}
        dead-letters: {topic: dead}
        """
            .formatted(servers);
    return Pipeline.parse("p.yaml", yaml + more, Substitution.none());
  }

  static Pipeline with(String more) throws ConfigurationException {
    return at("localhost:9092", more);
  }
}
