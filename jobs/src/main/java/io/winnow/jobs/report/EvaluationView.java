package io.winnow.jobs.report;

import io.winnow.jobs.display.Figures;
import io.winnow.jobs.evaluation.Evaluation;
import io.winnow.jobs.evaluation.Scores;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An evaluation as the template shows it.
 *
 * @param id names its place in the page
 * @param about what was measured, in words
 * @param spans what became of the spans that were expected
 * @param invented spans found where none is expected; empty where there are no spans
 * @param matrix the confusions of few labels
 * @param pairs the confusions of many labels
 * @param mistakeCount wrong answers, of which the page shows some
 */
record EvaluationView(
    String id,
    String head,
    String about,
    List<Tile> tiles,
    @Nullable ShareBar spans,
    String invented,
    @Nullable MatrixView matrix,
    List<PairRow> pairs,
    @Nullable ReliabilityView reliability,
    List<LabelRow> labels,
    String mistakeCount,
    List<ExampleView> mistakes) {

  static EvaluationView of(String id, Evaluation evaluation, ChartData charts) {
    Scores scores = evaluation.scores();
    Optional<MatrixView> matrix =
        MatrixView.of(
            scores.confusions(),
            evaluation.target().labels(),
            "A row is what was expected, a column what was found."
                + MatrixView.pairing(evaluation.target().kind()));
    return new EvaluationView(
        id,
        PageText.of(evaluation.target().head()),
        about(evaluation),
        EvaluationTiles.of(evaluation),
        scores.spanErrors().map(ShareBar::of).orElse(null),
        scores.spanErrors().map(errors -> Figures.count(errors.invented())).orElse(""),
        matrix.orElse(null),
        matrix.isPresent() ? List.of() : PairRow.of(scores.confusions().mistakes()),
        ReliabilityView.of(id + "-reliability", scores, charts).orElse(null),
        LabelRow.worstFirst(scores.labels()),
        Figures.count(scores.examples() - scores.right()),
        evaluation.mistakes().stream().map(ExampleView::of).toList());
  }

  boolean hasPairs() {
    return !pairs.isEmpty();
  }

  boolean hasMistakes() {
    return !mistakes.isEmpty();
  }

  String mistakesShown() {
    return Figures.count(mistakes.size());
  }

  private static String about(Evaluation evaluation) {
    String kind =
        switch (evaluation.target().kind()) {
          case LABEL -> "one label for each text";
          case LABELS -> "any number of labels for each text";
          case SPANS -> "labelled spans";
        };
    return "%s, %s, %s"
        .formatted(
            kind,
            Figures.count(evaluation.target().labels().size(), "label"),
            Figures.count(evaluation.scores().examples(), "text"));
  }
}
