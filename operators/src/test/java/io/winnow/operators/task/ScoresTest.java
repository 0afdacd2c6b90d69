package io.winnow.operators.task;

import static io.winnow.operators.model.ProblemType.MULTI_LABEL_CLASSIFICATION;
import static io.winnow.operators.model.ProblemType.REGRESSION;
import static io.winnow.operators.model.ProblemType.SINGLE_LABEL_CLASSIFICATION;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.winnow.operators.inference.Logits;
import io.winnow.operators.model.ProblemType;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ScoresTest {

  static Stream<Arguments> logits() {
    return Stream.of(
        Arguments.of(SINGLE_LABEL_CLASSIFICATION, floats(0, 0), floats(0.5f, 0.5f)),
        Arguments.of(
            SINGLE_LABEL_CLASSIFICATION,
            floats(1, 2, 3),
            floats(0.09003057f, 0.24472848f, 0.66524094f)),
        Arguments.of(SINGLE_LABEL_CLASSIFICATION, floats(-1, 1), floats(0.11920292f, 0.8807971f)),
        Arguments.of(SINGLE_LABEL_CLASSIFICATION, floats(1000, 0, -1000), floats(1, 0, 0)),
        Arguments.of(SINGLE_LABEL_CLASSIFICATION, floats(-7), floats(1)),
        Arguments.of(
            MULTI_LABEL_CLASSIFICATION, floats(0, 2, -2), floats(0.5f, 0.8807971f, 0.11920292f)),
        Arguments.of(MULTI_LABEL_CLASSIFICATION, floats(200, -200), floats(1, 0)),
        Arguments.of(REGRESSION, floats(-3.5f, 0, 1e9f), floats(-3.5f, 0, 1e9f)));
  }

  @ParameterizedTest
  @MethodSource("logits")
  void scoresAreThoseOfTheProblemType(ProblemType type, float[] logits, float[] expected) {
    assertThat(Scores.of(new Logits(1, logits.length, logits), 0, type))
        .containsExactly(expected, within(1e-7f));
  }

  @Test
  void rowIsReadAloneAndLogitsStayAsTheyAre() {
    float[] values = {5, 5, 1, 2, 9, 9};

    float[] scores = Scores.of(new Logits(3, 2, values), 1, SINGLE_LABEL_CLASSIFICATION);

    assertThat(scores).containsExactly(floats(0.26894143f, 0.7310586f), within(1e-7f));
    assertThat(values).containsExactly(5, 5, 1, 2, 9, 9);
  }

  @Test
  void firstOfEqualScoresIsTheHighest() {
    assertThat(Scores.highest(floats(0.1f, 0.4f, 0.4f, 0.1f))).isEqualTo(1);
    assertThat(Scores.highest(floats(-3))).isZero();
    assertThat(Scores.highest(floats(-3, -2, -9))).isEqualTo(1);
  }

  private static float[] floats(float... values) {
    return values;
  }
}
