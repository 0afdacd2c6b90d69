package io.winnow.jobs.report;

import io.winnow.jobs.display.Figures;
import io.winnow.jobs.evaluation.Confusion;
import java.util.List;

/**
 * How often one label stood where another one did.
 *
 * @param width of its bar, in percent of the longest
 */
record PairRow(String from, String to, String count, String width) {
  private static final int MOST = 40;
  private static final String NO_LABEL = "(nothing)";

  /** Returns the most frequent pairs. */
  static List<PairRow> of(List<Confusion> mostFirst) {
    return mostFirst.stream()
        .limit(MOST)
        .map(
            pair ->
                new PairRow(
                    named(pair.expected()),
                    named(pair.found()),
                    Figures.count(pair.count()),
                    Css.percent((double) pair.count() / mostFirst.get(0).count())))
        .toList();
  }

  static String named(String label) {
    return label.equals(Confusion.NOTHING) ? NO_LABEL : PageText.of(label);
  }
}
