package io.winnow.operators.task;

import static io.winnow.operators.model.ProblemType.MULTI_LABEL_CLASSIFICATION;
import static io.winnow.operators.model.ProblemType.REGRESSION;
import static io.winnow.operators.model.ProblemType.SINGLE_LABEL_CLASSIFICATION;
import static org.assertj.core.api.Assertions.assertThat;

import io.winnow.operators.inference.Logits;
import io.winnow.operators.model.Head;
import io.winnow.operators.text.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextClassifierTest {

  @ParameterizedTest
  @CsvSource({
    "1, 0, c 0.6652",
    "2, 0, c 0.6652 b 0.2447",
    "9, 0, c 0.6652 b 0.2447 a 0.0900",
    "9, 0.24, c 0.6652 b 0.2447",
    "1, 0.7, ''",
  })
  void highestLabelsThatReachTheThresholdAreReported(int topK, double minScore, String expected) {
    Head head = Heads.text(SINGLE_LABEL_CLASSIFICATION, topK, minScore, Map.of(), "a", "b", "c");

    assertThat(answer(head, logits(1, 2, 3))).isEqualTo(expected);
  }

  @Test
  void thresholdOfALabelGoesBeforeTheCommonOne() {
    Head head =
        Heads.text(
            SINGLE_LABEL_CLASSIFICATION, 9, 0.2, Map.of("a", 0.05f, "c", 0.9f), "a", "b", "c");

    assertThat(answer(head, logits(1, 2, 3))).isEqualTo("b 0.2447 a 0.0900");
  }

  @Test
  void equalScoresKeepTheOrderOfTheLabels() {
    Head head = Heads.text(SINGLE_LABEL_CLASSIFICATION, 9, 0, Map.of(), "b", "a", "c");

    assertThat(answer(head, logits(1, 1, 1))).isEqualTo("b 0.3333 a 0.3333 c 0.3333");
  }

  @Test
  void eachOfSeveralLabelsHoldsForItself() {
    Head head = Heads.text(MULTI_LABEL_CLASSIFICATION, 9, 0.5, Map.of(), "a", "b", "c");

    assertThat(answer(head, logits(0, -2, 2))).isEqualTo("c 0.8808 a 0.5000");
    assertThat(answer(head, logits(-1, -2, -3))).isEmpty();
  }

  @Test
  void regressionReportsItsValuesWhateverTheThreshold() {
    Head head = Heads.text(REGRESSION, 9, 0.5, Map.of("joy", 0.9f), "joy", "fear");

    assertThat(answer(head, logits(-1.5f, 42))).isEqualTo("fear 42.0000 joy -1.5000");
  }

  @Test
  void windowsCountByTheirTokens() {
    Head head = Heads.text(SINGLE_LABEL_CLASSIFICATION, 9, 0, Map.of(), "a", "b");
    List<Window> windows = List.of(new Window(0, 30), new Window(30, 40));

    assertThat(answer(head, windows, logits(0, 0), logits(-100, 100)))
        .isEqualTo("b 0.6250 a 0.3750");
  }

  @Test
  void valueOfARegressionIsTheMeanOfTheWindows() {
    Head head = Heads.text(REGRESSION, 9, 0, Map.of(), "score");
    List<Window> windows = List.of(new Window(0, 30), new Window(20, 50));

    assertThat(answer(head, windows, logits(-4), logits(2))).isEqualTo("score -1.0000");
  }

  @Test
  void labelOfSeveralHoldsThatHoldsInAnyWindow() {
    Head head = Heads.text(MULTI_LABEL_CLASSIFICATION, 9, 0.5, Map.of(), "a", "b", "c");
    List<Window> windows = List.of(new Window(0, 30), new Window(20, 50));

    assertThat(answer(head, windows, logits(2, -2, -9), logits(-2, 0, -9)))
        .isEqualTo("a 0.8808 b 0.5000");
  }

  private static String answer(Head head, Logits logits) {
    return answer(head, List.of(new Window(0, 10)), logits);
  }

  private static String answer(Head head, List<Window> windows, Logits... logits) {
    HeadResult.Labels result = new TextClassifier(head).classify(windows, List.of(logits));
    assertThat(result.head()).isEqualTo(head);
    List<String> labels = new ArrayList<>();
    for (LabelScore label : result.labels()) {
      labels.add("%s %.4f".formatted(label.label(), label.score()));
    }
    return String.join(" ", labels).toLowerCase(Locale.ROOT);
  }

  private static Logits logits(float... values) {
    return new Logits(1, values.length, values);
  }
}
