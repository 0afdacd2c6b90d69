package io.winnow.jobs.display;

import io.winnow.jobs.evaluation.AnswerKind;
import io.winnow.jobs.evaluation.Counts;
import io.winnow.jobs.evaluation.Evaluation;
import io.winnow.jobs.evaluation.Interval;
import io.winnow.jobs.evaluation.Rejection;
import io.winnow.jobs.evaluation.Scores;
import io.winnow.jobs.evaluation.SpanErrors;
import java.io.PrintWriter;
import java.util.stream.Collectors;
import picocli.CommandLine.Help.Ansi.Style;

/** Prints how good a head is for people: each label, the best first, and below them the whole. */
public final class EvaluationPrinter {
  private static final int WIDEST_LABEL = 48;

  private final PrintWriter out;
  private final Palette palette;

  public EvaluationPrinter(PrintWriter out, Palette palette) {
    this.out = out;
    this.palette = palette;
  }

  public void print(Evaluation evaluation) {
    Scores scores = evaluation.scores();
    TextTable table =
        new TextTable(WIDEST_LABEL).row("label", "precision", "recall", "F1", "support");
    for (String label : scores.labels().bestFirst()) {
      Counts counts = scores.labels().of(label);
      table.row(
          label,
          Figures.percent(counts.precision()),
          Figures.percent(counts.recall()),
          Figures.percent(counts.f1()),
          Figures.count(counts.support()));
    }
    out.println(title(evaluation));
    out.print(table.render(palette));
    out.println();
    if (scores.target().kind() == AnswerKind.SPANS) {
      printSpans(scores);
    } else {
      printLabels(scores);
    }
    printTexts(evaluation);
    out.flush();
  }

  private String title(Evaluation evaluation) {
    String model = palette.paint(VisibleText.of(evaluation.model().title()).plain(), Style.bold);
    return "%s, head %s, %s of %s"
        .formatted(
            model,
            VisibleText.of(evaluation.target().head()).plain(),
            Figures.count(evaluation.scores().examples(), "text"),
            VisibleText.of(evaluation.dataset()).plain());
  }

  private void printSpans(Scores scores) {
    line("span F1", Figures.percent(scores.labels().microF1()), "same label and same ends");
    line("macro F1", Figures.percent(scores.labels().macroF1()), "mean of the labels");
    Counts total = scores.labels().total();
    line("precision", Figures.percent(total.precision()), "");
    line("recall", Figures.percent(total.recall()), "");
    scores.spanErrors().ifPresent(errors -> line("spans", spans(errors), errors(errors)));
  }

  private static String spans(SpanErrors errors) {
    return Figures.count(
        errors.exact() + errors.otherLabel() + errors.otherEnds() + errors.missed());
  }

  private static String errors(SpanErrors errors) {
    return "%s exact, %s other label, %s other ends, %s missed; %s invented"
        .formatted(
            Figures.count(errors.exact()),
            Figures.count(errors.otherLabel()),
            Figures.count(errors.otherEnds()),
            Figures.count(errors.missed()),
            Figures.count(errors.invented()));
  }

  private void printLabels(Scores scores) {
    Interval interval = scores.accuracyInterval();
    line(
        "accuracy",
        Figures.percent(scores.accuracy()),
        "%s to %s in 95 of 100 samples like this"
            .formatted(Figures.percent(interval.low()), Figures.percent(interval.high())));
    line("macro F1", Figures.percent(scores.labels().macroF1()), "mean of the labels");
    line("micro F1", Figures.percent(scores.labels().microF1()), "all labels together");
    scores
        .calibration()
        .ifPresent(
            c -> line("ECE", Figures.percent(c.error()), "scores are that far from the truth"));
    scores.rejection().ifPresent(this::printRejection);
  }

  private void printRejection(Rejection rejection) {
    if (rejection.texts() == 0) {
      line(
          rejection.label(),
          Figures.percent(rejection.lostShare()),
          "sent there, where none of the %s belongs"
              .formatted(Figures.count(rejection.others(), "text")));
      return;
    }
    line(
        rejection.label(),
        Figures.percent(rejection.recall()),
        "found of %s; %s of the %s are sent there, too"
            .formatted(
                Figures.count(rejection.texts(), "such text"),
                Figures.percent(rejection.lostShare()),
                Figures.count(rejection.others(), "other")));
  }

  private void printTexts(Evaluation evaluation) {
    int rejected =
        evaluation.scores().rejected().values().stream().mapToInt(Integer::intValue).sum();
    if (rejected > 0) {
      String reasons =
          evaluation.scores().rejected().entrySet().stream()
              .map(entry -> Figures.count(entry.getValue()) + " " + entry.getKey())
              .collect(Collectors.joining(", "));
      line("rejected", Figures.count(rejected), "counted as wrong: " + reasons);
    }
    if (evaluation.skipped() > 0) {
      line("skipped", Figures.count(evaluation.skipped()), "lines about other heads");
    }
    line(
        "speed",
        Figures.rate(evaluation.speed().tokensPerSecond()),
        "tokens/s, %s texts/s on one thread"
            .formatted(Figures.rate(evaluation.speed().textsPerSecond())));
    line("fingerprint", "", evaluation.model().fingerprint());
  }

  private void line(String name, String number, String words) {
    String shown = VisibleText.of(name).shortened(16).plain();
    out.println(
        "  %-16s ".formatted(shown)
            + palette.paint("%9s".formatted(number), Style.bold)
            + (words.isEmpty() ? "" : "  " + palette.paint(words, Style.faint)));
  }
}
