package io.winnow.jobs.evaluation;

import static io.winnow.jobs.evaluation.Texts.expectedLabels;
import static io.winnow.jobs.evaluation.Texts.spans;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.winnow.operators.task.LabelScore;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ComparisonTest {
  private static final List<String> LABELS = List.of("a", "b", "c");
  private static final Target TARGET = new Target("head", AnswerKind.LABEL, LABELS);
  private static final Target SPANS =
      new Target("entities", AnswerKind.SPANS, List.of("PER", "LOC"));

  @Test
  void sidesAgreeWhereTheyFindTheSameHoweverSure() {
    Comparison comparison =
        compare(
            pair("same", answer(.6f, .3f, .1f), answer(.9f, .1f, 0)),
            pair("other", answer(.6f, .3f, .1f), answer(.2f, .8f, 0)),
            pair("none", answer(.4f, .3f, .3f), answer(.6f, .4f, 0)));

    assertThat(comparison.texts()).isEqualTo(3);
    assertThat(comparison.agreed()).isEqualTo(1);
    assertThat(comparison.agreement()).isCloseTo(1 / 3.0, within(1e-12));
    assertThat(comparison.changes().mistakes())
        .containsExactly(new Confusion(Confusion.NOTHING, "a", 1), new Confusion("a", "b", 1));
    assertThat(comparison.labels().of("a")).isEqualTo(new Counts(1, 1, 1));
    assertThat(comparison.contest()).isEmpty();
    assertThat(comparison.disagreements())
        .extracting(AnswerPair::text)
        .containsExactly("other", "none");
  }

  @Test
  void aRejectionAgreesWithTheSameRejectionOnly() {
    Answer empty = new Answer.Rejected("empty-text");
    Answer tooLong = new Answer.Rejected("text-too-long");
    Answer nothing = Texts.labels(AnswerKind.LABEL, LABELS, 0, 0, 0);

    Comparison comparison =
        compare(
            pair("both", empty, empty),
            pair("differently", empty, tooLong),
            pair("one", nothing, tooLong));

    assertThat(comparison.agreed()).isEqualTo(1);
  }

  @Test
  void theLargestDifferencesOfAScoreComeFirst() {
    Comparison comparison =
        compare(
            pair("small", answer(.6f, .3f, .1f), answer(.5f, .3f, .2f)),
            pair("large", answer(.6f, .3f, .1f), answer(.1f, .3f, .6f)),
            pair("none", answer(.6f, .3f, .1f), answer(.6f, .3f, .1f)));

    assertThat(comparison.scoreChanges()).hasSize(2);
    ScoreChange largest = comparison.scoreChanges().get(0);
    assertThat(largest.text()).isEqualTo("large");
    assertThat(largest.finding().label()).isEqualTo("a");
    assertThat(largest.a()).isEqualTo(.6f);
    assertThat(largest.b()).isEqualTo(.1f);
    assertThat(comparison.scoreChanges().get(1).text()).isEqualTo("small");
  }

  @Test
  void scoresOfLabelsThatOneSideDoesNotKnowAreNoDifference() {
    Answer old = Texts.labels(AnswerKind.LABEL, List.of("b", "a"), .3f, .7f);

    Comparison comparison = compare(pair("text", old, answer(.6f, .1f, .3f)));

    assertThat(comparison.scoreChanges())
        .singleElement()
        .satisfies(change -> assertThat(change.finding().label()).isEqualTo("b"))
        .satisfies(change -> assertThat(change.size()).isCloseTo(.2, within(1e-6)));
  }

  @Test
  void answersOfATopicCompareByWhatWasReported() {
    List<LabelScore> reportedByA = List.of(new LabelScore("a", .6f), new LabelScore("b", .3f));
    List<LabelScore> reportedByB = List.of(new LabelScore("b", .8f), new LabelScore("a", .1f));
    Answer a =
        Answer.Labels.of(AnswerKind.LABEL, reportedByA, Distribution.ofReported(reportedByA));
    Answer b =
        Answer.Labels.of(AnswerKind.LABEL, reportedByB, Distribution.ofReported(reportedByB));

    Comparison comparison = compare(pair("text", a, b));

    assertThat(comparison.changes().mistakes()).containsExactly(new Confusion("a", "b", 1));
    assertThat(comparison.scoreChanges())
        .singleElement()
        .satisfies(change -> assertThat(change.size()).isCloseTo(.5, within(1e-6)));
  }

  @Test
  void scoresOfWhatBothFindMoveUpAndDown() {
    Comparison comparison =
        compare(
            pair("up", answer(.6f, .4f, 0), answer(.9f, .1f, 0)),
            pair("down", answer(.6f, .4f, 0), answer(.55f, .45f, 0)),
            pair("not at all", answer(0, 1, 0), answer(0, 1, 0)),
            pair("other", answer(1, 0, 0), answer(0, 1, 0)));

    ScoreShift shift = comparison.scoreShift();
    assertThat(shift.count()).isEqualTo(3);
    assertThat(shift.mean()).isCloseTo(.25 / 3, within(1e-6));
    assertThat(shift.meanSize()).isCloseTo(.35 / 3, within(1e-6));
    assertThat(shift.counts()).containsExactly(1L, 0L, 1L, 0L, 1L);
  }

  @Test
  void ofManyDifferentAnswersAFewAreDrawnWhateverTheirOrder() {
    List<AnswerPair> pairs = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      pairs.add(
          new AnswerPair("line " + i, "text", Optional.empty(), answer(1, 0, 0), answer(0, 1, 0)));
    }

    List<AnswerPair> drawn = Comparison.of(TARGET, pairs, Optional.empty(), 20).disagreements();
    Collections.reverse(pairs);
    List<AnswerPair> again = Comparison.of(TARGET, pairs, Optional.empty(), 20).disagreements();

    assertThat(drawn).hasSize(20).isNotEqualTo(pairs.subList(0, 20));
    assertThat(again).containsExactlyInAnyOrderElementsOf(drawn);
    assertThat(drawn.stream().filter(pair -> pair.place().length() < "line 500".length()))
        .hasSizeLessThan(10); // the first 100 are a tenth
  }

  @Test
  void spansAreKeptLostAndGained() {
    Comparison comparison =
        Comparison.of(
            SPANS,
            List.of(
                pair("one", spans("PER:0-4", "LOC:5-9"), spans("PER:0-4", "PER:5-9")),
                pair("two", spans(), spans("LOC:0-2")),
                pair("three", spans("LOC:0-2"), spans("LOC:0-2"))),
            Optional.empty(),
            10);

    assertThat(comparison.agreed()).isEqualTo(1);
    assertThat(comparison.labels().of("PER")).isEqualTo(new Counts(1, 1, 0));
    assertThat(comparison.labels().of("LOC")).isEqualTo(new Counts(1, 1, 1));
    assertThat(comparison.changes().mistakes())
        .containsExactly(
            new Confusion(Confusion.NOTHING, "LOC", 1), new Confusion("LOC", "PER", 1));
  }

  @Test
  void whereTheRightAnswersAreKnownTheSidesContend() {
    Answer a = answer(1, 0, 0);
    Answer b = answer(0, 1, 0);

    Comparison comparison =
        compare(
            pair("unknown", a, b),
            pair("both", expectedLabels("a"), a, a),
            pair("neither", expectedLabels("c"), a, b),
            pair("only B", expectedLabels("b"), a, b),
            pair("only A", expectedLabels("a"), a, b),
            pair("only B again", expectedLabels("b"), a, b));

    Contest contest = comparison.contest().orElseThrow();
    assertThat(contest.texts()).isEqualTo(5);
    assertThat(contest.both()).isEqualTo(1);
    assertThat(contest.onlyA()).isEqualTo(1);
    assertThat(contest.onlyB()).isEqualTo(2);
    assertThat(contest.neither()).isEqualTo(1);
    assertThat(contest.pValue()).isEqualTo(1);
    assertThat(contest.isSignificant()).isFalse();
    assertThat(contest.a().accuracy()).isEqualTo(.4);
    assertThat(contest.b().accuracy()).isEqualTo(.6);
    assertThat(comparison.disagreements())
        .extracting(AnswerPair::text)
        .containsExactly("only B", "only A", "only B again", "unknown", "neither");
  }

  private static Comparison compare(AnswerPair... pairs) {
    return Comparison.of(TARGET, List.of(pairs), Optional.empty(), 10);
  }

  private static Answer answer(float a, float b, float c) {
    return Texts.labels(AnswerKind.LABEL, LABELS, a, b, c);
  }

  private static AnswerPair pair(String text, Answer a, Answer b) {
    return new AnswerPair("line 1", text, Optional.empty(), a, b);
  }

  private static AnswerPair pair(String text, Set<Finding> expected, Answer a, Answer b) {
    return new AnswerPair(
        "line 1", text, Optional.of(new Expected(AnswerKind.LABEL, expected)), a, b);
  }
}
