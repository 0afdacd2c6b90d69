package io.winnow.jobs.report;

import io.winnow.jobs.display.Figures;
import io.winnow.jobs.evaluation.Counts;
import io.winnow.jobs.evaluation.LabelCounts;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * A label's scores.
 *
 * @param width of its bar
 */
record LabelRow(
    String label, String f1, String precision, String recall, String support, String width) {

  /** Returns the labels, the lowest F1 first. */
  static List<LabelRow> worstFirst(LabelCounts labels) {
    List<String> order = new ArrayList<>(labels.bestFirst());
    Collections.reverse(order);
    return order.stream().map(label -> of(label, labels.of(label))).toList();
  }

  private static LabelRow of(String label, Counts counts) {
    return new LabelRow(
        PageText.of(label),
        Figures.percent(counts.f1()),
        Figures.percent(counts.precision()),
        Figures.percent(counts.recall()),
        Figures.count(counts.support()),
        Css.percent(counts.f1()));
  }
}
