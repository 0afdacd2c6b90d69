package io.winnow.jobs.report;

import io.winnow.jobs.display.Figures;
import io.winnow.jobs.evaluation.AnswerKind;
import io.winnow.jobs.evaluation.Comparison;
import io.winnow.jobs.evaluation.Counts;
import io.winnow.jobs.evaluation.HeadComparison;
import java.util.ArrayList;
import java.util.List;

/** The numbers of a comparison to see first. */
final class ComparisonTiles {
  private ComparisonTiles() {}

  static List<Tile> of(HeadComparison compared) {
    Comparison comparison = compared.comparison();
    List<Tile> tiles = new ArrayList<>();
    tiles.add(
        new Tile(
            "Agreement",
            Figures.percent(comparison.agreement()),
            "%s of %s have the same answer"
                .formatted(
                    Figures.count(comparison.agreed()),
                    Figures.count(comparison.texts(), "text"))));
    if (compared.target().kind() != AnswerKind.LABEL) {
      Counts total = comparison.labels().total();
      tiles.add(new Tile("Kept", Figures.count(total.hits()), "found by A and by B"));
      tiles.add(new Tile("Lost", Figures.count(total.misses()), "found by A alone"));
      tiles.add(new Tile("Gained", Figures.count(total.falseAlarms()), "found by B alone"));
    }
    comparison
        .contest()
        .ifPresent(
            contest ->
                tiles.add(
                    new Tile(
                        "A alone : B alone",
                        "%s : %s"
                            .formatted(
                                Figures.count(contest.onlyA()), Figures.count(contest.onlyB())),
                        "texts exactly right; %s, exact McNemar test"
                            .formatted(Figures.pValue(contest.pValue())))));
    return tiles;
  }
}
