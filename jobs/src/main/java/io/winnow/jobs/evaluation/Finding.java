package io.winnow.jobs.evaluation;

import io.winnow.operators.task.LabelledSpan;

/**
 * A label of a text or of a piece of it: what is expected of an answer, or found in it.
 *
 * @param start first position of the piece, in UTF-16 code units
 * @param end position behind the piece; as {@code start} where the label is the whole text's
 */
public record Finding(String label, int start, int end) {
  public static Finding ofText(String label) {
    return new Finding(label, 0, 0);
  }

  public static Finding of(LabelledSpan span) {
    return new Finding(span.label(), span.start(), span.end());
  }

  public boolean isSpan() {
    return end > start;
  }

  boolean isAtPlaceOf(Finding other) {
    return start == other.start && end == other.end;
  }

  boolean overlaps(Finding other) {
    return start < other.end && other.start < end;
  }
}
