package io.winnow.jobs.evaluation;

import io.winnow.operators.model.Head;
import java.util.Locale;
import java.util.Optional;

/** What a head says of a text, and so what a line of a data set can say of it. */
public enum AnswerKind {
  /** One label of the whole text. */
  LABEL,
  /** Any number of labels of the whole text. */
  LABELS,
  /** Labelled pieces of the text. */
  SPANS;

  /** Returns the kind of a head's answers; empty for plain values, which no label can measure. */
  public static Optional<AnswerKind> of(Head head) {
    return switch (head.task()) {
      case TOKEN_CLASSIFICATION -> Optional.of(SPANS);
      case TEXT_CLASSIFICATION ->
          switch (head.problemType()) {
            case SINGLE_LABEL_CLASSIFICATION -> Optional.of(LABEL);
            case MULTI_LABEL_CLASSIFICATION -> Optional.of(LABELS);
            case REGRESSION -> Optional.empty();
          };
    };
  }

  /** Returns the field of a data set's line that holds it, such as {@code labels}. */
  public String field() {
    return name().toLowerCase(Locale.ROOT);
  }
}
