package io.winnow.jobs.pipeline;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.winnow.operators.config.ConfigurationException;
import io.winnow.operators.config.Substitution;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Pipeline files that stand in a test. */
final class PipelineFile {
  /** The least that a pipeline file says. */
  static final String LEAST =
      """
      name: support
      source:
        bootstrap-servers: localhost:9092
        topic: messages
      text: body
      enrichments:
        - name: intent
          model: models/intent
      sink:
        topic: enriched
      dead-letters:
        topic: rejected
      """;

  private PipelineFile() {}

  static Pipeline parse(String yaml) throws ConfigurationException {
    return parse(yaml, Map.of());
  }

  static Pipeline parse(String yaml, Map<String, String> environment)
      throws ConfigurationException {
    return Pipeline.parse("p.yaml", yaml, Substitution.of(environment, Path.of("")));
  }

  /** Parses the least file, in which one text is replaced by another. */
  static Pipeline parseWith(String replaced, String by) throws ConfigurationException {
    return parse(with(replaced, by));
  }

  static String with(String replaced, String by) {
    if (!LEAST.contains(replaced)) {
      throw new IllegalArgumentException("The least file has no " + replaced);
    }

    return LEAST.replace(replaced, by);
  }

  static List<String> problems(String yaml) {
    return problems(yaml, Map.of());
  }

  static List<String> problems(String yaml, Map<String, String> environment) {
    return assertThatExceptionOfType(ConfigurationException.class)
        .isThrownBy(() -> parse(yaml, environment))
        .actual()
        .problems();
  }
}
