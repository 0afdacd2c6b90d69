package io.winnow.jobs.evaluation;

import static io.winnow.jobs.evaluation.Texts.expectedLabels;
import static io.winnow.jobs.evaluation.Texts.expectedSpans;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MistakesTest {
  private static final List<String> LABELS = List.of("a", "b");

  @Test
  void theSurestWrongAnswerIsTheGravest() {
    Judgement unsure = judgement("unsure", expectedLabels("b"), answer(.55f, .45f));
    Judgement sure = judgement("sure", expectedLabels("b"), answer(.95f, .05f));
    Judgement right = judgement("right", expectedLabels("a"), answer(.99f, .01f));

    assertThat(Mistakes.gravest(List.of(unsure, right, sure), 10)).containsExactly(sure, unsure);
    assertThat(Mistakes.gravest(List.of(unsure, right, sure), 1)).containsExactly(sure);
  }

  @Test
  void ofSpansTheAnswerWithMostWrongIsTheGravest() {
    Judgement one = judgement("one", expectedSpans("PER:0-4"), Texts.spans());
    Judgement three =
        judgement("three", expectedSpans("PER:0-4", "LOC:5-6"), Texts.spans("PER:0-3"));

    assertThat(Mistakes.gravest(List.of(one, three), 10)).containsExactly(three, one);
  }

  private static Answer answer(float a, float b) {
    return Texts.labels(AnswerKind.LABEL, LABELS, a, b);
  }

  private static Judgement judgement(String text, Set<Finding> expected, Answer answer) {
    return new Judgement("line 1", text, expected, answer);
  }
}
