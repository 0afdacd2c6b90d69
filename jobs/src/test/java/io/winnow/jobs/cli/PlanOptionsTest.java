package io.winnow.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.winnow.jobs.pipeline.Pipeline;
import io.winnow.operators.config.Substitution;
import org.junit.jupiter.api.Test;

class PlanOptionsTest {
  private static final String NONE = "";

  private final PlanOptions options = new PlanOptions();

  @Test
  void aReplayHasTheSubtasksOfTheEnrichmentWithFewest() throws Exception {
    assertThat(options.parallelism(pipeline(", parallelism: 60", ", parallelism: 50")))
        .isEqualTo(50);
    assertThat(options.parallelism(pipeline(NONE, ", parallelism: 60"))).isEqualTo(60);
  }

  @Test
  void aReplayHasTheCoresOfThisMachineWhereNoEnrichmentSaysOtherwise() throws Exception {
    assertThat(options.parallelism(pipeline(NONE, NONE)))
        .isEqualTo(Runtime.getRuntime().availableProcessors());
  }

  @Test
  void whatIsAskedForComesFirst() throws Exception {
    options.parallelism = 7;

    assertThat(options.parallelism(pipeline(", parallelism: 3", NONE))).isEqualTo(7);
  }

  private static Pipeline pipeline(String first, String second) throws Exception {
    return Pipeline.parse(
        "p.yaml",
        """
        name: support
        source: {bootstrap-servers: "localhost:9092", topic: in}
        text: text
        enrichments: [{name: a, model: models/a%s}, {name: b, model: models/b%s}]
        sink: {topic: out}
        dead-letters: {topic: dead}
        """
            .formatted(first, second),
        Substitution.none());
  }
}
