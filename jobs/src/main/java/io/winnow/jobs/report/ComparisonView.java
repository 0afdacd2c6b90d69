package io.winnow.jobs.report;

import io.winnow.jobs.display.Figures;
import io.winnow.jobs.display.Verdict;
import io.winnow.jobs.evaluation.Comparison;
import io.winnow.jobs.evaluation.Contest;
import io.winnow.jobs.evaluation.HeadComparison;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A comparison as the template shows it.
 *
 * @param id names its place in the page
 * @param about what was compared, in words
 * @param verdict which side is better, where that is known
 * @param measures measures of both sides
 * @param matrix which label of A became which of B, of few labels
 * @param pairs the same of many labels
 * @param disagreementCount texts with different answers, of which the page shows some
 */
record ComparisonView(
    String id,
    String head,
    String about,
    List<Tile> tiles,
    @Nullable String verdict,
    List<MeasureRow> measures,
    @Nullable ShareBar outcomes,
    @Nullable ReliabilityView reliability,
    @Nullable MatrixView matrix,
    List<PairRow> pairs,
    List<LabelChangeRow> labels,
    boolean contested,
    @Nullable ScoreShiftView scoreShift,
    List<ScoreChangeRow> scoreChanges,
    String disagreementCount,
    List<ExampleView> disagreements) {

  /**
   * Returns a comparison in words.
   *
   * @param note what else is to be known of it
   */
  static ComparisonView of(String id, String note, HeadComparison compared, ChartData charts) {
    Comparison comparison = compared.comparison();
    Optional<Contest> contest = comparison.contest();
    Optional<MatrixView> matrix =
        MatrixView.of(
            comparison.changes(),
            compared.target().labels(),
            "A row is the label of A, a column that of B."
                + MatrixView.pairing(compared.target().kind()));
    return new ComparisonView(
        id,
        PageText.of(compared.target().head()),
        "%s, %s"
                .formatted(
                    Figures.count(compared.target().labels().size(), "label"),
                    Figures.count(comparison.texts(), "text"))
            + note,
        ComparisonTiles.of(compared),
        contest.map(Verdict::of).orElse(null),
        MeasureRow.of(compared),
        contest.map(ShareBar::of).orElse(null),
        contest
            .flatMap(known -> ReliabilityView.of(id + "-reliability", known, charts))
            .orElse(null),
        matrix.orElse(null),
        matrix.isPresent() ? List.of() : PairRow.of(comparison.changes().mistakes()),
        LabelChangeRow.of(comparison),
        contest.isPresent(),
        ScoreShiftView.of(comparison.scoreShift()).orElse(null),
        comparison.scoreChanges().stream().map(ScoreChangeRow::of).toList(),
        Figures.count(comparison.texts() - comparison.agreed()),
        comparison.disagreements().stream().map(ExampleView::of).toList());
  }

  boolean hasMeasures() {
    return !measures.isEmpty();
  }

  boolean hasPairs() {
    return !pairs.isEmpty();
  }

  boolean hasDisagreements() {
    return !disagreements.isEmpty();
  }

  String disagreementsShown() {
    return Figures.count(disagreements.size());
  }

  boolean hasScoreChanges() {
    return !scoreChanges.isEmpty();
  }
}
