package io.winnow.operators.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.winnow.operators.model.Aggregation;
import io.winnow.operators.model.Head;
import io.winnow.operators.model.ProblemType;
import io.winnow.operators.model.Task;
import io.winnow.operators.task.HeadResult;
import io.winnow.operators.task.LabelScore;
import io.winnow.operators.task.LabelledSpan;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GoldenDifferenceTest {
  private static final Head SINGLE = head(ProblemType.SINGLE_LABEL_CLASSIFICATION, 1, 0);
  private static final Head MULTI = head(ProblemType.MULTI_LABEL_CLASSIFICATION, 9, 0.5f);

  @Test
  void sameAnswerDoesNotDiffer() {
    GoldenDifference same = labels(SINGLE, List.of(a(0.9f), b(0.1f)), List.of(a(0.9f), b(0.1f)));

    assertThat(same.size()).isZero();
    assertThat(same.exceeds(0)).isFalse();
  }

  @Test
  void furthestScoreCountsUpToTheTolerance() {
    GoldenDifference moved =
        labels(SINGLE, List.of(a(0.75f), b(0.25f)), List.of(a(0.8125f), b(0.125f)));

    assertThat(moved.size()).isEqualTo(0.125f);
    assertThat(moved.expected()).isEqualTo("b 0.25");
    assertThat(moved.found()).isEqualTo("b 0.125");
    assertThat(moved.exceeds(0.125)).isFalse();
    assertThat(moved.exceeds(0.124)).isTrue();
  }

  @Test
  void labelsThatAreNotReportedMayChangePlaces() {
    assertThat(
            labels(
                    SINGLE,
                    List.of(a(0.9f), b(0.06f), c(0.04f)),
                    List.of(a(0.9f), c(0.055f), b(0.045f)))
                .exceeds(0.02))
        .isFalse();
  }

  @Test
  void anotherFirstLabelDiffersWhateverTheTolerance() {
    GoldenDifference flipped =
        labels(SINGLE, List.of(a(0.51f), b(0.49f)), List.of(b(0.505f), a(0.495f)));

    assertThat(flipped.exceeds(1)).isTrue();
    assertThat(flipped.expected()).isEqualTo("a 0.51");
    assertThat(flipped.found()).isEqualTo("b 0.505");
  }

  @Test
  void labelThatPassesItsThresholdDiffersWhateverTheTolerance() {
    GoldenDifference lost = labels(MULTI, List.of(a(0.9f), b(0.51f)), List.of(a(0.9f), b(0.49f)));

    assertThat(lost.exceeds(1)).isTrue();
    assertThat(lost.expected()).isEqualTo("a 0.9, b 0.51");
    assertThat(lost.found()).isEqualTo("a 0.9");
    assertThat(labels(MULTI, List.of(a(0.1f)), List.of(a(0.6f))).expected()).isEqualTo("nothing");
  }

  @Test
  void spanCountsWithItsPlace() {
    LabelledSpan paris = new LabelledSpan("LOC", 3, 8, 0.75f);

    assertThat(spans(List.of(paris), List.of(paris)).exceeds(0)).isFalse();
    GoldenDifference moved = spans(List.of(paris), List.of(new LabelledSpan("LOC", 3, 8, 0.5f)));
    assertThat(moved.size()).isEqualTo(0.25f);
    assertThat(moved.expected()).isEqualTo("LOC at 3-8 0.75");
    GoldenDifference shifted = spans(List.of(paris), List.of(new LabelledSpan("LOC", 3, 9, 0.75f)));
    assertThat(shifted.exceeds(1)).isTrue();
    assertThat(shifted.size()).isCloseTo(0.75f, within(0f));
    assertThat(spans(List.of(paris), List.of()).found()).isEqualTo("nothing");
    assertThat(spans(List.of(), List.of(paris)).exceeds(1)).isTrue();
  }

  @Test
  void otherLabelsAreWorseThanAnyScore() {
    GoldenDifference flipped = labels(SINGLE, List.of(a(0.51f)), List.of(b(0.51f), a(0.49f)));
    GoldenDifference moved = labels(SINGLE, List.of(a(1)), List.of(a(0.6f), b(0.4f)));

    assertThat(GoldenDifference.BY_SIZE.compare(flipped, moved)).isPositive();
  }

  private static GoldenDifference labels(
      Head head, List<LabelScore> golden, List<LabelScore> found) {
    return GoldenDifference.between(
        "text",
        head,
        new GoldenAnswer.Labels(head.name(), golden),
        new HeadResult.Labels(head, found));
  }

  private static GoldenDifference spans(List<LabelledSpan> golden, List<LabelledSpan> found) {
    return GoldenDifference.between(
        "text",
        SINGLE,
        new GoldenAnswer.Spans(SINGLE.name(), golden),
        new HeadResult.Spans(SINGLE, found));
  }

  private static Head head(ProblemType type, int topK, float minScore) {
    return new Head(
        "default",
        Task.TEXT_CLASSIFICATION,
        "logits",
        List.of("a", "b", "c"),
        type,
        Aggregation.SIMPLE,
        topK,
        minScore,
        Map.of());
  }

  private static LabelScore a(float score) {
    return new LabelScore("a", score);
  }

  private static LabelScore b(float score) {
    return new LabelScore("b", score);
  }

  private static LabelScore c(float score) {
    return new LabelScore("c", score);
  }
}
