package io.winnow.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.winnow.jobs.pipeline.Pipeline;
import io.winnow.jobs.pipeline.UnreachableException;
import io.winnow.operators.config.ConfigurationException;
import io.winnow.operators.config.Substitution;
import org.junit.jupiter.api.Test;

/** Which models may be there the next time, and which not. */
class BundleCheckTest {
  @Test
  void aSchemeThatNoFileSystemReadsStaysSo() throws Exception {
    assertThat(failure("nofs://models/support", ""))
        .isNotInstanceOf(UnreachableException.class)
        .hasMessageContaining("nofs");
  }

  @Test
  void aModelThatIsTooLargeStaysSo() throws Exception {
    assertThat(failure("../operators/src/test/resources/parity/bert-text", "max-model-bytes: 10"))
        .isNotInstanceOf(UnreachableException.class)
        .hasMessageContaining("raise 'max-model-bytes'");
  }

  @Test
  void aModelThatIsMissingStaysSo() throws Exception {
    assertThat(failure("no/such/model", ""))
        .isNotInstanceOf(UnreachableException.class)
        .hasMessageContaining("no/such/model");
  }

  private static ConfigurationException failure(String model, String more) throws Exception {
    Pipeline pipeline =
        Pipeline.parse(
            "test.yaml",
            """
            name: test
            source: {bootstrap-servers: "localhost:1", topic: in}
            text: text
            enrichments: [{name: intent, model: "%s"}]
            sink: {topic: out}
            dead-letters: {topic: dead}
            %s
            """
                .formatted(model, more),
            Substitution.none());
    return catchThrowableOfType(
        ConfigurationException.class, () -> BundleCheck.check(pipeline, warning -> {}));
  }
}
