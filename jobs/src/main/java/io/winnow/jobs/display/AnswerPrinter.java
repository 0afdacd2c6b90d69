package io.winnow.jobs.display;

import io.winnow.operators.text.RejectedException;
import io.winnow.schemas.Classification;
import io.winnow.schemas.Enrichment;
import io.winnow.schemas.Extraction;
import io.winnow.schemas.ScoredLabel;
import io.winnow.schemas.Span;
import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine.Help.Ansi.Style;

/** Prints what a model says of single texts for people: the text, then a line for each finding. */
public final class AnswerPrinter {
  private final PrintWriter out;
  private final Palette palette;
  private final int columns;

  /**
   * Creates a printer.
   *
   * @param columns width of a line, in cells of the terminal
   */
  public AnswerPrinter(PrintWriter out, Palette palette, int columns) {
    this.out = out;
    this.palette = palette;
    this.columns = columns;
  }

  public void print(String text, List<Enrichment> enrichments) {
    out.println(VisibleText.of(text).shortened(columns).painted(palette));
    for (Enrichment enrichment : enrichments) {
      if (enrichment.getResult() instanceof Classification classification) {
        for (ScoredLabel label : classification.getLabels()) {
          line(enrichment, label.getScore(), label.getLabel(), "");
        }
      } else if (enrichment.getResult() instanceof Extraction extraction) {
        for (Span span : extraction.getSpans()) {
          String place = " [%d, %d)".formatted(span.getStart(), span.getEnd());
          line(enrichment, span.getScore(), span.getLabel(), span.getText() + place);
        }
      }
    }
    out.flush();
  }

  public void print(String text, RejectedException rejection) {
    out.println(VisibleText.of(text).shortened(columns).painted(palette));
    String reason = palette.paint("✗ " + rejection.reason().code(), Style.bold, Style.fg_red);
    out.println("  " + reason + "  " + VisibleText.of(rejection.getMessage()).plain());
    out.flush();
  }

  private void line(Enrichment enrichment, float score, String label, String detail) {
    String head = VisibleText.of(enrichment.getHead()).plain();
    out.println(
        "  "
            + palette.paint("%-12s".formatted(head), Style.faint)
            + Findings.score(score, palette)
            + " "
            + palette.paint(VisibleText.of(label).plain(), Style.bold)
            + (detail.isEmpty() ? "" : "  " + VisibleText.of(detail).plain()));
  }
}
