package io.winnow.jobs.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.winnow.operators.inference.Logits;
import io.winnow.operators.model.Aggregation;
import io.winnow.operators.model.Head;
import io.winnow.operators.model.ProblemType;
import io.winnow.operators.model.Task;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TopLabelsTest {
  private static final Map<String, Logits> LOGITS =
      Map.of(
          "first", new Logits(1, 3, new float[] {-1, 4, 2}),
          "second", new Logits(1, 2, new float[] {0.5f, -0.5f}),
          "tokens", new Logits(3, 2, new float[] {0, 1, 0, 1, 0, 1}));

  @Test
  void eachHeadOfAWholeTextHasOne() {
    assertThat(
            TopLabels.of(
                List.of(
                    head("first", Task.TEXT_CLASSIFICATION, "a", "b", "c"),
                    head("tokens", Task.TOKEN_CLASSIFICATION, "O", "LOC"),
                    head("second", Task.TEXT_CLASSIFICATION, "yes", "no")),
                LOGITS))
        .isEqualTo("b,yes");
  }

  @Test
  void headsOfTokensHaveNone() {
    assertThat(TopLabels.of(List.of(head("tokens", Task.TOKEN_CLASSIFICATION, "O")), LOGITS))
        .isEmpty();
  }

  private static Head head(String output, Task task, String... labels) {
    return new Head(
        output,
        task,
        output,
        List.of(labels),
        ProblemType.SINGLE_LABEL_CLASSIFICATION,
        Aggregation.SIMPLE,
        1,
        0,
        Map.of());
  }
}
