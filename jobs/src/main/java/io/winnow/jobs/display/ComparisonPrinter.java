package io.winnow.jobs.display;

import io.winnow.jobs.evaluation.Answer;
import io.winnow.jobs.evaluation.AnswerKind;
import io.winnow.jobs.evaluation.AnswerPair;
import io.winnow.jobs.evaluation.Comparison;
import io.winnow.jobs.evaluation.Confusion;
import io.winnow.jobs.evaluation.Contest;
import io.winnow.jobs.evaluation.Counts;
import io.winnow.jobs.evaluation.Finding;
import io.winnow.jobs.evaluation.HeadComparison;
import io.winnow.jobs.evaluation.ModelIdentity;
import io.winnow.jobs.evaluation.ScoreChange;
import io.winnow.jobs.evaluation.ScoreShift;
import java.io.PrintWriter;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import picocli.CommandLine.Help.Ansi.Style;

/** Prints where two models differ for people. */
public final class ComparisonPrinter {
  private static final int MOST_CHANGES = 15;
  private static final int MOST_SCORES = 5;
  private static final int MOST_EXAMPLES = 5;
  private static final int COUNT_CELLS = 12; // of a count and the space around it
  private static final String NO_LABEL = "(nothing)";

  private final PrintWriter out;
  private final Palette palette;
  private final int columns;

  /**
   * Creates a printer.
   *
   * @param columns width of a line, in cells of the terminal
   */
  public ComparisonPrinter(PrintWriter out, Palette palette, int columns) {
    this.out = out;
    this.palette = palette;
    this.columns = columns;
  }

  public void print(HeadComparison compared) {
    Comparison comparison = compared.comparison();
    out.println(
        "head %s, %s of %s"
            .formatted(
                VisibleText.of(compared.target().head()).plain(),
                Figures.count(comparison.texts(), "text"),
                VisibleText.of(compared.dataset()).plain()));
    side("A", compared.a());
    side("B", compared.b());
    out.println();
    line(
        "agreement",
        Figures.percent(comparison.agreement()),
        "%s of %s have the same answer"
            .formatted(
                Figures.count(comparison.agreed()), Figures.count(comparison.texts(), "text")));
    if (compared.skipped() > 0) {
      line("skipped", Figures.count(compared.skipped()), "lines about other heads");
    }
    if (compared.target().kind() != AnswerKind.LABEL) {
      printKept(comparison);
    }
    printChanges(comparison.changes().mistakes());
    printShift(comparison.scoreShift());
    printScores(comparison.scoreChanges());
    printExamples(comparison.disagreements());
    comparison.contest().ifPresent(contest -> print(contest));
    if (compared.speedOfA().isKnown() && compared.speedOfB().isKnown()) {
      printSpeed(compared);
    }
    out.flush();
  }

  private void side(String name, ModelIdentity model) {
    out.println(
        "  %s  %s  %s"
            .formatted(
                name,
                palette.paint(VisibleText.of(model.title()).plain(), Style.bold),
                palette.paint(model.fingerprint(), Style.faint)));
  }

  private void printKept(Comparison comparison) {
    Counts total = comparison.labels().total();
    line("kept", Figures.count(total.hits()), "in A and in B");
    line("lost", Figures.count(total.misses()), "in A only");
    line("gained", Figures.count(total.falseAlarms()), "in B only");
  }

  private void printChanges(List<Confusion> changes) {
    if (changes.isEmpty()) {
      return;
    }
    TextTable table = new TextTable(columns - COUNT_CELLS).row("A -> B", "times");
    for (Confusion change : changes.subList(0, Math.min(MOST_CHANGES, changes.size()))) {
      table.row(
          named(change.expected()) + " -> " + named(change.found()), Figures.count(change.count()));
    }
    out.println();
    out.print(table.render(palette));
    if (changes.size() > MOST_CHANGES) {
      out.println("  and %s more pairs".formatted(Figures.count(changes.size() - MOST_CHANGES)));
    }
  }

  private static String named(String label) {
    return label.equals(Confusion.NOTHING) ? NO_LABEL : label;
  }

  private void printShift(ScoreShift shift) {
    if (shift.count() > 0) {
      out.println();
      line(
          "score shift",
          Figures.points(shift.mean()),
          "points from A to B in the mean, %s up or down, of %s of both"
              .formatted(
                  Figures.points(shift.meanSize()).substring(1),
                  Figures.count(shift.count(), "finding")));
    }
  }

  private void printExamples(List<AnswerPair> pairs) {
    if (pairs.isEmpty()) {
      return;
    }
    out.println();
    out.println(palette.paint("  some different answers", Style.faint));
    for (AnswerPair pair : pairs.subList(0, Math.min(MOST_EXAMPLES, pairs.size()))) {
      out.println("  " + VisibleText.of(pair.text()).shortened(columns - 2).painted(palette));
      answer("A", pair.a(), pair.text());
      answer("B", pair.b(), pair.text());
    }
  }

  private void answer(String side, Answer answer, String text) {
    String words =
        answer instanceof Answer.Rejected rejected
            ? "rejected: " + rejected.reason()
            : answer.findings().stream()
                .map(finding -> finding(answer, finding, text))
                .collect(Collectors.joining(", "));
    String shown = words.isEmpty() ? NO_LABEL : words;
    out.println(
        "    " + side + "  " + VisibleText.of(shown).shortened(columns - 7).painted(palette));
  }

  private static String finding(Answer answer, Finding finding, String text) {
    OptionalDouble score = answer.score(finding);
    String piece =
        finding.isSpan() && finding.end() <= text.length()
            ? " '%s'".formatted(text.substring(finding.start(), finding.end()))
            : "";
    return finding.label()
        + piece
        + (score.isPresent() ? " " + Figures.percent(score.getAsDouble()) : "");
  }

  private void printScores(List<ScoreChange> changes) {
    if (changes.isEmpty()) {
      return;
    }
    out.println();
    out.println(palette.paint("  largest differences of a score", Style.faint));
    for (ScoreChange change : changes.subList(0, Math.min(MOST_SCORES, changes.size()))) {
      String head =
          "  %s -> %s  %s  "
              .formatted(
                  Figures.percent(change.a()),
                  Figures.percent(change.b()),
                  VisibleText.of(change.finding().label()).plain());
      int room = Math.max(20, columns - head.length());
      out.println(head + VisibleText.of(change.text()).shortened(room).painted(palette));
    }
  }

  private void print(Contest contest) {
    TextTable table = new TextTable(columns).row("", "A", "B", "B - A");
    for (ContestRow row : ContestRow.of(contest)) {
      table.row(row.name(), row.a(), row.b(), row.difference());
    }
    out.println();
    out.print(table.render(palette));
    out.println();
    line("A alone right", Figures.count(contest.onlyA()), "");
    line("B alone right", Figures.count(contest.onlyB()), "");
    out.println("  " + palette.paint(Verdict.of(contest), Style.bold));
  }

  private void printSpeed(HeadComparison compared) {
    out.println();
    line("speed of A", Figures.rate(compared.speedOfA().tokensPerSecond()), "tokens/s");
    line("speed of B", Figures.rate(compared.speedOfB().tokensPerSecond()), "tokens/s");
  }

  private void line(String name, String number, String words) {
    out.println(
        "  %-14s ".formatted(name)
            + palette.paint("%9s".formatted(number), Style.bold)
            + (words.isEmpty() ? "" : "  " + palette.paint(words, Style.faint)));
  }
}
