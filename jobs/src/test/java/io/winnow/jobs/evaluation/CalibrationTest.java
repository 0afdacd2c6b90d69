package io.winnow.jobs.evaluation;

import static io.winnow.jobs.evaluation.Texts.expectedLabels;
import static io.winnow.jobs.evaluation.Texts.judgement;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The errors were computed with numpy 2.4.6 from the formula of Guo et al., bins (low, high]. */
class CalibrationTest {
  private static final List<String> TWO = List.of("yes", "no");

  @Test
  void ofASingleLabelTheHighestScoreCounts() {
    float[] scores = {.95f, .9f, .8f, .75f, .6f, .55f, .99f, .42f, .33f, .71f};
    int[] right = {1, 1, 0, 1, 0, 1, 1, 0, 1, 1};
    List<Judgement> judgements = new ArrayList<>();
    for (int i = 0; i < scores.length; i++) {
      Answer answer = Texts.labels(AnswerKind.LABEL, TWO, scores[i], scores[i] / 2);
      judgements.add(judgement(expectedLabels(right[i] == 1 ? "yes" : "no"), answer));
    }

    assertThat(calibration(AnswerKind.LABEL, TWO, judgements).error())
        .isCloseTo(0.364000004529953, within(1e-12));
  }

  @Test
  void ofSeveralLabelsEachScoreOfEachTextCounts() {
    List<String> labels = List.of("x", "y", "z");
    List<Judgement> judgements =
        List.of(
            judgement(expectedLabels("x"), labels(labels, .9f, .1f, .05f)),
            judgement(expectedLabels("x"), labels(labels, .7f, .6f, .2f)),
            judgement(Set.of(), labels(labels, .01f, .02f, .03f)),
            judgement(expectedLabels("y", "z"), labels(labels, .4f, .5f, .8f)));

    Calibration calibration = calibration(AnswerKind.LABELS, labels, judgements);

    assertThat(calibration.count()).isEqualTo(12);
    assertThat(calibration.error()).isCloseTo(0.2091666714598735, within(1e-12));
  }

  @Test
  void aScoreBelowTheThresholdCountsToo() {
    Answer unsure = Texts.labels(AnswerKind.LABEL, TWO, .35f, .3f);

    assertThat(unsure.findings()).isEmpty();
    assertThat(
            calibration(AnswerKind.LABEL, TWO, List.of(judgement(expectedLabels("yes"), unsure)))
                .bins()
                .get(5))
        .isEqualTo(new Calibration.Bin(1, .35f, 1));
  }

  @Test
  void theEndsOfTheScaleLieInTheFirstAndTheLastBin() {
    List<Judgement> judgements =
        List.of(judgement(expectedLabels("yes"), Texts.labels(AnswerKind.LABELS, TWO, 1, 0)));

    List<Calibration.Bin> bins = calibration(AnswerKind.LABELS, TWO, judgements).bins();

    assertThat(bins).hasSize(15);
    assertThat(bins.get(0)).isEqualTo(new Calibration.Bin(1, 0, 0));
    assertThat(bins.get(14)).isEqualTo(new Calibration.Bin(1, 1, 1));
  }

  @Test
  void rejectedTextsHaveNoScore() {
    Judgement rejected = judgement(expectedLabels("yes"), new Answer.Rejected("empty-text"));

    assertThat(Calibration.of(new Target("h", AnswerKind.LABEL, TWO), List.of(rejected))).isEmpty();
  }

  private static Answer labels(List<String> labels, float... scores) {
    return Texts.labels(AnswerKind.LABELS, labels, scores);
  }

  private static Calibration calibration(
      AnswerKind kind, List<String> labels, List<Judgement> judgements) {
    return Calibration.of(new Target("h", kind, labels), judgements).orElseThrow();
  }
}
