package io.winnow.jobs.kafka;

import io.winnow.jobs.pipeline.Pipeline;
import io.winnow.operators.config.ConfigurationException;
import io.winnow.operators.config.Substitution;

/** Pipelines for tests: topics in, out and dead. */
final class Pipelines {
  private static final String SERVERS = "localhost:9092";

  private Pipelines() {}

  /**
   * Parses a pipeline.
   *
   * @param more lines of the file's root
   */
  static Pipeline at(String servers, String more) throws ConfigurationException {
    return at(servers, "in", more, Substitution.none());
  }

  static Pipeline at(String servers, String source, String more, Substitution substitution)
      throws ConfigurationException {
    String yaml =
        """
        name: support
        source: {bootstrap-servers: "%s", topic: "%s"}
        text: text
        enrichments: [{name: intent, model: models/intent}]
        sink: {topic: out}
        dead-letters: {topic: dead}
        """
            .formatted(servers, source);
    return Pipeline.parse("p.yaml", yaml + more, substitution);
  }

  static Pipeline with(String more) throws ConfigurationException {
    return at(SERVERS, more);
  }

  static Pipeline with(String more, Substitution substitution) throws ConfigurationException {
    return at(SERVERS, "in", more, substitution);
  }

  /** Parses a pipeline that needs no transactions. */
  static Pipeline atLeastOnce(String more) throws ConfigurationException {
    String yaml =
        """
        name: support
        source: {bootstrap-servers: "localhost:9092", topic: in}
        text: text
        enrichments: [{name: intent, model: models/intent}]
        sink: {topic: out, delivery: at-least-once}
        dead-letters: {topic: dead}
        """;
    return Pipeline.parse("p.yaml", yaml + more, Substitution.none());
  }
}
