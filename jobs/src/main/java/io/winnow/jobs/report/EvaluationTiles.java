package io.winnow.jobs.report;

import io.winnow.jobs.display.Figures;
import io.winnow.jobs.evaluation.AnswerKind;
import io.winnow.jobs.evaluation.Counts;
import io.winnow.jobs.evaluation.Evaluation;
import io.winnow.jobs.evaluation.Interval;
import io.winnow.jobs.evaluation.Rejection;
import io.winnow.jobs.evaluation.Scores;
import java.util.ArrayList;
import java.util.List;

/** The numbers of an evaluation to see first. */
final class EvaluationTiles {
  private EvaluationTiles() {}

  static List<Tile> of(Evaluation evaluation) {
    Scores scores = evaluation.scores();
    List<Tile> tiles = new ArrayList<>();
    if (scores.target().kind() == AnswerKind.SPANS) {
      addSpans(tiles, scores);
    } else {
      addLabels(tiles, scores);
    }
    scores.rejection().ifPresent(rejection -> tiles.add(rejection(rejection)));
    int rejected = scores.rejected().values().stream().mapToInt(Integer::intValue).sum();
    if (rejected > 0) {
      tiles.add(
          new Tile(
              "Rejected",
              Figures.count(rejected),
              "counted as wrong: " + String.join(", ", scores.rejected().keySet())));
    }
    tiles.add(
        new Tile(
            "Speed",
            Figures.rate(evaluation.speed().tokensPerSecond()),
            "tokens/s, or %s texts/s, on one thread"
                .formatted(Figures.rate(evaluation.speed().textsPerSecond()))));
    return tiles;
  }

  private static void addSpans(List<Tile> tiles, Scores scores) {
    Counts total = scores.labels().total();
    tiles.add(
        new Tile("Span F1", Figures.percent(total.f1()), "same label and same ends, all spans"));
    tiles.add(
        new Tile("Macro F1", Figures.percent(scores.labels().macroF1()), "mean of the labels"));
    tiles.add(
        new Tile(
            "Precision", Figures.percent(total.precision()), "of the spans found, those right"));
    tiles.add(
        new Tile("Recall", Figures.percent(total.recall()), "of the spans expected, those found"));
  }

  private static void addLabels(List<Tile> tiles, Scores scores) {
    Interval interval = scores.accuracyInterval();
    tiles.add(
        new Tile(
            "Accuracy",
            Figures.percent(scores.accuracy()),
            "%s to %s in 95 of 100 samples like this"
                .formatted(Figures.percent(interval.low()), Figures.percent(interval.high()))));
    tiles.add(
        new Tile("Macro F1", Figures.percent(scores.labels().macroF1()), "mean of the labels"));
    tiles.add(
        new Tile("Micro F1", Figures.percent(scores.labels().microF1()), "all labels together"));
    scores
        .calibration()
        .ifPresent(
            calibration ->
                tiles.add(
                    new Tile(
                        "Calibration error",
                        Figures.percent(calibration.error()),
                        "how far scores are from the truth")));
  }

  private static Tile rejection(Rejection rejection) {
    if (rejection.texts() == 0) {
      return new Tile(
          "Sent to " + PageText.of(rejection.label()),
          Figures.percent(rejection.lostShare()),
          "where none of the %s belongs".formatted(Figures.count(rejection.others(), "text")));
    }
    return new Tile(
        "Recall of " + PageText.of(rejection.label()),
        Figures.percent(rejection.recall()),
        "of %s; %s of the %s are sent there, too"
            .formatted(
                Figures.count(rejection.texts(), "such text"),
                Figures.percent(rejection.lostShare()),
                Figures.count(rejection.others(), "other")));
  }
}
