package io.winnow.jobs.trial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.winnow.jobs.evaluation.AnswerKind;
import io.winnow.jobs.evaluation.Target;
import io.winnow.operators.config.ConfigurationException;
import java.util.List;
import org.junit.jupiter.api.Test;

class HeadPairTest {
  private static final Target INTENT = new Target("intent", AnswerKind.LABEL, List.of("x"));
  private static final Target ENTITIES = new Target("entities", AnswerKind.SPANS, List.of("PER"));
  private static final Target OTHER = new Target("other", AnswerKind.LABEL, List.of("x", "y"));

  @Test
  void headsMatchByTheirNames() throws Exception {
    assertThat(HeadPair.match(List.of(INTENT, ENTITIES), List.of(OTHER, ENTITIES), List.of()))
        .containsExactly(new HeadPair(ENTITIES, ENTITIES));
  }

  @Test
  void theOnlyHeadsMatchWhateverTheirNames() throws Exception {
    List<HeadPair> pairs = HeadPair.match(List.of(INTENT), List.of(OTHER), List.of());

    assertThat(pairs).containsExactly(new HeadPair(INTENT, OTHER));
    assertThat(pairs.get(0).target())
        .isEqualTo(new Target("intent", AnswerKind.LABEL, List.of("x", "y")));
  }

  @Test
  void headsOfOneModelAloneAreUnmatched() throws Exception {
    List<Target> a = List.of(INTENT, ENTITIES);
    List<Target> b = List.of(OTHER, ENTITIES);

    assertThat(HeadPair.unmatched(a, b, HeadPair.match(a, b, List.of())))
        .containsExactly(INTENT, OTHER);
  }

  @Test
  void theOnlyHeadsAreNeverUnmatched() throws Exception {
    List<Target> a = List.of(INTENT);
    List<Target> b = List.of(OTHER);

    assertThat(HeadPair.unmatched(a, b, HeadPair.match(a, b, List.of()))).isEmpty();
  }

  @Test
  void noMatchIsAProblem() {
    assertThatExceptionOfType(ConfigurationException.class)
        .isThrownBy(() -> HeadPair.match(List.of(INTENT, ENTITIES), List.of(OTHER), List.of()))
        .withMessage(
            "Expected a head of the same name in both models, found [intent, entities] in A and [other] in B");
  }

  @Test
  void headsThatAnswerDifferentlyAreAProblem() {
    assertThatExceptionOfType(ConfigurationException.class)
        .isThrownBy(() -> HeadPair.match(List.of(INTENT), List.of(ENTITIES), List.of()))
        .withMessage(
            "Expected the same answers of the head intent, but it gives label in A and spans in B");
  }

  @Test
  void headsThatAreNotAskedForMayAnswerDifferently() throws Exception {
    Target spans = new Target("intent", AnswerKind.SPANS, List.of("x"));

    assertThat(
            HeadPair.match(
                List.of(INTENT, ENTITIES), List.of(spans, ENTITIES), List.of("entities")))
        .contains(new HeadPair(ENTITIES, ENTITIES));
  }
}
