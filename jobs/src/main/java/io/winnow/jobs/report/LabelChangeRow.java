package io.winnow.jobs.report;

import io.winnow.jobs.display.Figures;
import io.winnow.jobs.evaluation.Comparison;
import io.winnow.jobs.evaluation.Counts;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What became of a label from A to B, and its F1 where the right answers are known.
 *
 * @param kept how often both sides have it in the same place
 * @param lost how often A alone has it
 * @param gained how often B alone has it
 */
record LabelChangeRow(
    String label,
    String kept,
    String lost,
    String gained,
    String f1OfA,
    String f1OfB,
    String difference,
    String support) {

  /** Returns the labels, first those that changed most. */
  static List<LabelChangeRow> of(Comparison comparison) {
    List<String> labels = new ArrayList<>(comparison.labels().byLabel().keySet());
    labels.sort(Comparator.comparingLong(label -> -changes(comparison.labels().of(label))));
    return labels.stream().map(label -> of(label, comparison)).toList();
  }

  private static long changes(Counts counts) {
    return counts.misses() + counts.falseAlarms();
  }

  private static LabelChangeRow of(String label, Comparison comparison) {
    Counts counts = comparison.labels().of(label);
    Counts a = comparison.contest().map(c -> c.a().labels().of(label)).orElse(counts);
    Counts b = comparison.contest().map(c -> c.b().labels().of(label)).orElse(counts);
    return new LabelChangeRow(
        PageText.of(label),
        Figures.count(counts.hits()),
        Figures.count(counts.misses()),
        Figures.count(counts.falseAlarms()),
        Figures.percent(a.f1()),
        Figures.percent(b.f1()),
        Figures.points(b.f1() - a.f1()),
        Figures.count(a.support()));
  }
}
