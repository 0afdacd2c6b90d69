package io.winnow.jobs.report;

import io.winnow.jobs.display.Figures;
import io.winnow.jobs.evaluation.AnswerKind;
import io.winnow.jobs.evaluation.Confusion;
import io.winnow.jobs.evaluation.Confusions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Which label stood where, as a table of all labels against all. */
record MatrixView(String caption, List<String> columns, List<Row> rows) {
  private static final int MOST_LABELS = 32;
  private static final double STRONG = 0.55; // from there on the ground needs the other ink

  /**
   * Returns the table; empty where it would be too large to read.
   *
   * @param labels labels of the head; those that never occur are left out
   */
  static Optional<MatrixView> of(Confusions confusions, List<String> labels, String caption) {
    List<String> all = new ArrayList<>(labels);
    all.add(Confusion.NOTHING);
    List<String> rows = all.stream().filter(row -> occurs(confusions, row, all)).toList();
    List<String> columns =
        all.stream()
            .filter(column -> all.stream().anyMatch(row -> confusions.count(row, column) > 0))
            .toList();
    if (rows.isEmpty() || rows.size() > MOST_LABELS || columns.size() > MOST_LABELS) {
      return Optional.empty();
    }
    return Optional.of(
        new MatrixView(
            caption,
            columns.stream().map(PairRow::named).toList(),
            rows.stream().map(row -> row(confusions, row, columns)).toList()));
  }

  /** Returns what stands for a pair of labels where a text can have several. */
  static String pairing(AnswerKind kind) {
    return switch (kind) {
      case LABEL -> "";
      case LABELS -> " A missing label is paired with each wrong one of the same text.";
      case SPANS -> " A missing span is paired with a wrong one of the same ends.";
    };
  }

  private static boolean occurs(Confusions confusions, String row, List<String> columns) {
    return columns.stream().anyMatch(column -> confusions.count(row, column) > 0);
  }

  private static Row row(Confusions confusions, String label, List<String> columns) {
    long sum = columns.stream().mapToLong(column -> confusions.count(label, column)).sum();
    List<Cell> cells =
        columns.stream()
            .map(
                column -> {
                  long count = confusions.count(label, column);
                  return cell(label, column, count, (double) count / sum);
                })
            .toList();
    return new Row(PairRow.named(label), cells);
  }

  private static Cell cell(String row, String column, long count, double share) {
    String kind = row.equals(column) ? "hit" : "miss";
    String title =
        "%s → %s: %s, %s of the row"
            .formatted(
                PairRow.named(row),
                PairRow.named(column),
                Figures.count(count),
                Figures.percent(share));
    String strong = share > STRONG ? " strong" : "";
    return new Cell(
        count == 0 ? "" : Figures.count(count),
        count == 0 ? "none" : kind + strong,
        Css.number(count == 0 ? 0 : 0.12 + 0.88 * share),
        title);
  }

  /** A label with its counts. */
  record Row(String label, List<Cell> cells) {}

  /**
   * A count.
   *
   * @param kind its classes in the style sheet
   * @param weight how strong its ground is
   * @param title what it says in words
   */
  record Cell(String count, String kind, String weight, String title) {}
}
