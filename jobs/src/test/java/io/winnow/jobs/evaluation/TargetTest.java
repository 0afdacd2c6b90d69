package io.winnow.jobs.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.winnow.operators.config.ConfigurationException;
import io.winnow.operators.model.Aggregation;
import io.winnow.operators.model.Head;
import io.winnow.operators.model.ProblemType;
import io.winnow.operators.model.Task;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TargetTest {
  private static final List<String> TAGS = List.of("O", "B-PER", "I-PER", "GEO-POL", "LOC");

  @Test
  void spansOfSeveralTokensHaveNoPrefix() {
    Target target = Target.of(tokens(Aggregation.FIRST)).orElseThrow();

    assertThat(target.kind()).isEqualTo(AnswerKind.SPANS);
    assertThat(target.labels()).containsExactly("PER", "POL", "LOC");
  }

  @Test
  void spansOfSingleTokensHaveTheModelsLabels() {
    Target target = Target.of(tokens(Aggregation.NONE)).orElseThrow();

    assertThat(target.labels()).containsExactly("B-PER", "I-PER", "GEO-POL", "LOC");
  }

  @Test
  void aHeadGivesOneLabelOrSeveral() {
    assertThat(Target.of(text(ProblemType.SINGLE_LABEL_CLASSIFICATION)).orElseThrow().kind())
        .isEqualTo(AnswerKind.LABEL);
    assertThat(Target.of(text(ProblemType.MULTI_LABEL_CLASSIFICATION)).orElseThrow().kind())
        .isEqualTo(AnswerKind.LABELS);
  }

  @Test
  void plainValuesAreNoTarget() {
    assertThat(Target.of(text(ProblemType.REGRESSION))).isEmpty();
  }

  @Test
  void twoSidesHaveTheLabelsOfBoth() {
    Target a = new Target("head", AnswerKind.LABEL, List.of("x", "y"));
    Target b = new Target("default", AnswerKind.LABEL, List.of("y", "z"));

    assertThat(a.with(b)).isEqualTo(new Target("head", AnswerKind.LABEL, List.of("x", "y", "z")));
  }

  @Test
  void aHeadThatIsNotThereIsNamedWithTheNearestOne() {
    List<Target> all =
        List.of(
            new Target("intent", AnswerKind.LABEL, List.of("x")),
            new Target("entities", AnswerKind.SPANS, List.of("y")));

    assertThatExceptionOfType(ConfigurationException.class)
        .isThrownBy(() -> Targets.choose(all, List.of("intents", "mood")))
        .satisfies(
            e ->
                assertThat(e.problems())
                    .containsExactly(
                        "Expected a head of [intent, entities], found intents; did you mean 'intent'?",
                        "Expected a head of [intent, entities], found mood"));
  }

  private static Head tokens(Aggregation aggregation) {
    return head(
        Task.TOKEN_CLASSIFICATION, TAGS, ProblemType.SINGLE_LABEL_CLASSIFICATION, aggregation);
  }

  private static Head text(ProblemType type) {
    return head(Task.TEXT_CLASSIFICATION, List.of("x", "y"), type, Aggregation.SIMPLE);
  }

  private static Head head(
      Task task, List<String> labels, ProblemType type, Aggregation aggregation) {
    return new Head("head", task, "logits", labels, type, aggregation, 1, 0, Map.of());
  }
}
