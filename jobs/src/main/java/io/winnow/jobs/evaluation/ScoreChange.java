package io.winnow.jobs.evaluation;

import io.winnow.operators.task.LabelledSpan;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The finding of a text whose score differs most between the two sides.
 *
 * @param place where the text stands, in words
 * @param a score of side A
 * @param b score of side B
 */
public record ScoreChange(String place, String text, Finding finding, double a, double b) {
  public double size() {
    return Math.abs(b - a);
  }

  /** Returns the largest change of a text; empty where no score is known of both sides. */
  static Optional<ScoreChange> of(AnswerPair pair) {
    if (pair.a() instanceof Answer.Labels a && pair.b() instanceof Answer.Labels b) {
      return ofLabels(pair, a.scores(), b.scores());
    }
    if (pair.a() instanceof Answer.Spans a && pair.b() instanceof Answer.Spans b) {
      return ofSpans(pair, a, b);
    }
    return Optional.empty();
  }

  private static Optional<ScoreChange> ofLabels(AnswerPair pair, Distribution a, Distribution b) {
    boolean sameLabels = a.labels().equals(b.labels());
    ScoreChange largest = null;
    for (int i = 0; i < a.scores().length; i++) {
      String label = a.labels().get(i);
      OptionalDouble other = sameLabels ? OptionalDouble.of(b.scores()[i]) : b.score(label);
      if (other.isPresent()
          && (largest == null || Math.abs(other.getAsDouble() - a.scores()[i]) > largest.size())) {
        largest = change(pair, Finding.ofText(label), a.scores()[i], other.getAsDouble());
      }
    }
    return Optional.ofNullable(largest);
  }

  private static Optional<ScoreChange> ofSpans(AnswerPair pair, Answer.Spans a, Answer.Spans b) {
    ScoreChange largest = null;
    for (LabelledSpan span : a.spans()) {
      for (LabelledSpan other : b.spans()) {
        if (Finding.of(span).equals(Finding.of(other))) {
          ScoreChange change = change(pair, Finding.of(span), span.score(), other.score());
          largest = largest == null || change.size() > largest.size() ? change : largest;
        }
      }
    }
    return Optional.ofNullable(largest);
  }

  private static ScoreChange change(AnswerPair pair, Finding finding, double a, double b) {
    return new ScoreChange(pair.place(), pair.text(), finding, a, b);
  }
}
