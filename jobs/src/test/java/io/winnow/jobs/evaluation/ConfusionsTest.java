package io.winnow.jobs.evaluation;

import static io.winnow.jobs.evaluation.Texts.expectedLabels;
import static io.winnow.jobs.evaluation.Texts.expectedSpans;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;

class ConfusionsTest {
  private final Confusions confusions = new Confusions();

  @Test
  void aWrongLabelStandsForTheRightOne() {
    confusions.add(expectedLabels("a"), expectedLabels("b"));
    confusions.add(expectedLabels("a"), expectedLabels("b"));
    confusions.add(expectedLabels("a"), expectedLabels("a"));

    assertThat(confusions.mistakes()).containsExactly(new Confusion("a", "b", 2));
    assertThat(confusions.count("a", "a")).isEqualTo(1);
  }

  @Test
  void whatHasNoCounterpartStandsForNothing() {
    confusions.add(expectedLabels("a"), Set.of());
    confusions.add(Set.of(), expectedLabels("b"));

    assertThat(confusions.mistakes())
        .containsExactly(
            new Confusion(Confusion.NOTHING, "b", 1), new Confusion("a", Confusion.NOTHING, 1));
  }

  @Test
  void ofSeveralLabelsEachMissingOneIsPairedWithEachWrongOne() {
    confusions.add(expectedLabels("a", "b", "c"), expectedLabels("c", "x", "y"));

    assertThat(confusions.mistakes())
        .containsExactly(
            new Confusion("a", "x", 1),
            new Confusion("a", "y", 1),
            new Confusion("b", "x", 1),
            new Confusion("b", "y", 1));
  }

  @Test
  void spansArePairedWhereTheirEndsAreTheSame() {
    confusions.add(
        expectedSpans("PER:0-4", "LOC:5-9", "ORG:12-20"),
        expectedSpans("ORG:0-4", "LOC:5-8", "ORG:12-20"));

    assertThat(confusions.mistakes())
        .containsExactly(
            new Confusion(Confusion.NOTHING, "LOC", 1),
            new Confusion("LOC", Confusion.NOTHING, 1),
            new Confusion("PER", "ORG", 1));
  }
}
