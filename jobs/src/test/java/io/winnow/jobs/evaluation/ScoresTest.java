package io.winnow.jobs.evaluation;

import static io.winnow.jobs.evaluation.Texts.expectedLabels;
import static io.winnow.jobs.evaluation.Texts.expectedSpans;
import static io.winnow.jobs.evaluation.Texts.judgement;
import static io.winnow.jobs.evaluation.Texts.spans;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** The numbers were computed by scikit-learn 1.9.1 and seqeval 1.2.2 from the same answers. */
class ScoresTest {
  private static final Offset<Double> CLOSE = within(1e-12);
  private static final List<String> LETTERS = List.of("a", "b", "c", "d", "e");
  private static final List<String> MOODS = List.of("joy", "love", "anger", "fear", "grief");

  @Test
  void aSingleLabelScoresAsInScikitLearn() {
    // classification_report(labels=[those in truth or answers], zero_division=0)
    Scores scores = singleLabel();

    assertThat(scores.examples()).isEqualTo(16);
    assertThat(scores.right()).isEqualTo(9);
    assertThat(scores.accuracy()).isEqualTo(0.5625);
    assertThat(scores.labels().macroF1()).isCloseTo(0.6053571428571428, CLOSE);
    assertThat(scores.labels().microF1()).isCloseTo(0.6206896551724138, CLOSE);
    assertThat(scores.labels().byLabel()).containsOnlyKeys("a", "b", "c", "d");
    assertLabel(scores, "a", 0.6, 0.6, 0.6, 5);
    assertLabel(scores, "b", 0.6666666666666666, 0.5, 0.5714285714285714, 4);
    assertLabel(scores, "c", 1, 0.6, 0.75, 5);
    assertLabel(scores, "d", 0.5, 0.5, 0.5, 2);
  }

  @Test
  void severalLabelsScoreAsInScikitLearnOverAllLabelsOfTheHead() {
    // accuracy_score and classification_report(zero_division=0) over indicator matrices
    Scores scores = severalLabels();

    assertThat(scores.accuracy()).isEqualTo(0.4);
    assertThat(scores.labels().macroF1()).isCloseTo(0.46, CLOSE);
    assertThat(scores.labels().microF1()).isCloseTo(0.6956521739130435, CLOSE);
    assertThat(scores.labels().byLabel()).containsOnlyKeys("joy", "love", "anger", "fear", "grief");
    assertLabel(scores, "joy", 0.6666666666666666, 1, 0.8, 4);
    assertLabel(scores, "love", 0, 0, 0, 2);
    assertLabel(scores, "anger", 1, 1, 1, 3);
    assertLabel(scores, "fear", 0.5, 0.5, 0.5, 2);
    assertLabel(scores, "grief", 0, 0, 0, 0);
  }

  @Test
  void spansScoreAsInSeqevalsStrictMode() {
    // classification_report(mode="strict", scheme=IOB2, zero_division=0), a character for a token
    Scores scores = spanScores();

    assertThat(scores.labels().microF1()).isCloseTo(0.47058823529411764, CLOSE);
    assertThat(scores.labels().macroF1()).isCloseTo(0.34285714285714286, CLOSE);
    assertLabel(scores, "LOC", 1, 0.6666666666666666, 0.8, 3);
    assertLabel(scores, "MISC", 0, 0, 0, 1);
    assertLabel(scores, "ORG", 0, 0, 0, 2);
    assertLabel(scores, "PER", 0.5, 0.6666666666666666, 0.5714285714285715, 3);
    assertThat(scores.calibration()).isEmpty();
  }

  @Test
  void whatBecameOfEachSpanIsCounted() {
    // exact: PER, PER, LOC, LOC; ORG stands for a LOC; an ORG ends early, a PER late
    assertThat(spanScores().spanErrors()).contains(new SpanErrors(4, 1, 2, 2, 1));
  }

  @Test
  void aRejectedTextIsWrongEvenWhereNothingIsExpected() {
    Target target = new Target("moods", AnswerKind.LABELS, MOODS);
    Answer rejected = new Answer.Rejected("empty-text");

    Scores scores =
        Texts.scores(
            target,
            List.of(
                judgement(Set.of(), rejected),
                judgement(expectedLabels("joy"), rejected),
                judgement(Set.of(), Texts.labels(MOODS))));

    assertThat(scores.right()).isEqualTo(1);
    assertThat(scores.rejected()).containsExactly(Map.entry("empty-text", 2));
    assertThat(scores.labels().of("joy")).isEqualTo(new Counts(0, 0, 1));
  }

  @Test
  void aRejectingLabelIsKnownByItsUsualName() {
    List<String> labels = List.of("pay", "out_of_scope");
    Target target = new Target("intent", AnswerKind.LABEL, labels);

    Scores scores =
        Texts.scores(
            target,
            List.of(
                judgement(expectedLabels("out_of_scope"), Texts.label(labels, "out_of_scope")),
                judgement(expectedLabels("out_of_scope"), Texts.label(labels, "pay")),
                judgement(expectedLabels("out_of_scope"), Texts.label(labels, "-")),
                judgement(expectedLabels("pay"), Texts.label(labels, "out_of_scope")),
                judgement(expectedLabels("pay"), Texts.label(labels, "pay"))));

    Rejection rejection = scores.rejection().orElseThrow();
    assertThat(rejection).isEqualTo(new Rejection("out_of_scope", 3, 1, 2, 1));
    assertThat(rejection.recall()).isCloseTo(1 / 3.0, CLOSE);
    assertThat(rejection.lostShare()).isEqualTo(0.5);
  }

  @Test
  void headsWithoutSuchALabelRejectNothing() {
    assertThat(singleLabel().rejection()).isEmpty();
    assertThat(severalLabels().rejection()).isEmpty();
  }

  @Test
  void nothingExpectedAndNothingFoundIsNoScore() {
    Target target = new Target("entities", AnswerKind.SPANS, List.of("PER"));

    Scores scores = Texts.scores(target, List.of(judgement(Set.of(), spans())));

    assertThat(scores.accuracy()).isEqualTo(1);
    assertThat(scores.labels().microF1()).isZero();
    assertThat(scores.labels().macroF1()).isZero();
  }

  @Test
  void labelsAreOrderedByTheirF1() {
    assertThat(singleLabel().labels().bestFirst()).containsExactly("c", "a", "b", "d");
  }

  private static Scores singleLabel() {
    String[] truth = "a a a a b b b c c c c c d d a b".split(" ", -1);
    String[] answers = "a a b - b b a c c d c - d a a -".split(" ", -1);
    List<Judgement> judgements = new ArrayList<>();
    for (int i = 0; i < truth.length; i++) {
      judgements.add(judgement(expectedLabels(truth[i]), Texts.label(LETTERS, answers[i])));
    }
    return Texts.scores(new Target("letters", AnswerKind.LABEL, LETTERS), judgements);
  }

  private static Scores severalLabels() {
    List<Judgement> judgements =
        List.of(
            moods("joy", "joy"),
            moods("joy love", "joy"),
            moods("", ""),
            moods("anger", "anger fear"),
            moods("anger fear", "anger fear"),
            moods("love", "joy"),
            moods("joy", "joy love"),
            moods("", "joy"),
            moods("fear", ""),
            moods("joy anger", "joy anger"));
    return Texts.scores(new Target("moods", AnswerKind.LABELS, MOODS), judgements);
  }

  private static Judgement moods(String expected, String found) {
    return judgement(expectedLabels(words(expected)), Texts.labels(MOODS, words(found)));
  }

  private static String[] words(String text) {
    return text.isEmpty() ? new String[0] : text.split(" ", -1);
  }

  private static Scores spanScores() {
    return Texts.scores(
        new Target("entities", AnswerKind.SPANS, List.of("PER", "ORG", "LOC", "MISC", "DATE")),
        List.of(
            judgement(expectedSpans("PER:0-2", "LOC:3-4"), spans("PER:0-2", "ORG:3-4")),
            judgement(Set.of(), spans("PER:1-2")),
            judgement(expectedSpans("ORG:0-3", "PER:4-5"), spans("ORG:0-2", "PER:4-5")),
            judgement(expectedSpans("LOC:0-1", "LOC:1-2", "ORG:3-4"), spans("LOC:0-1", "LOC:1-2")),
            judgement(expectedSpans("PER:1-2"), spans("PER:1-3")),
            judgement(expectedSpans("MISC:0-2"), spans())));
  }

  private static void assertLabel(
      Scores scores, String label, double precision, double recall, double f1, int support) {
    Counts counts = scores.labels().of(label);
    assertThat(counts.precision()).as(label).isCloseTo(precision, CLOSE);
    assertThat(counts.recall()).as(label).isCloseTo(recall, CLOSE);
    assertThat(counts.f1()).as(label).isCloseTo(f1, CLOSE);
    assertThat(counts.support()).as(label).isEqualTo(support);
  }
}
