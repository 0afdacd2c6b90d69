package io.winnow.jobs.diff;

import io.winnow.operators.task.LabelledSpan;
import io.winnow.operators.text.JoinedText;
import io.winnow.operators.text.TextField;
import io.winnow.schemas.Extraction;
import io.winnow.schemas.Span;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Where the fields of a record begin in the one text that they are shown as. Fields that are not
 * known lie behind it, so that their spans are compared, but not shown.
 */
final class FieldStarts {
  private final Map<String, Integer> starts = new HashMap<>();
  private int end;

  FieldStarts(List<TextField> texts) {
    for (TextField field : texts) {
      add(field.path(), field.text().length());
    }
  }

  /** Returns the text with all fields. */
  static String text(List<TextField> texts) {
    return new JoinedText(texts).text();
  }

  /** Makes room for the fields of spans that are not known yet. */
  void addFieldsOf(Extraction extraction) {
    Map<String, Integer> unknown = new HashMap<>();
    for (Span span : extraction.getSpans()) {
      if (!starts.containsKey(span.getField())) {
        unknown.merge(span.getField(), span.getEnd(), Math::max);
      }
    }
    unknown.forEach(this::add);
  }

  private void add(String field, int length) {
    starts.putIfAbsent(field, end);
    this.end += length + JoinedText.SEPARATOR.length();
  }

  LabelledSpan spanOf(Span span) {
    int start = starts.getOrDefault(span.getField(), end);
    return new LabelledSpan(
        span.getLabel(), start + span.getStart(), start + span.getEnd(), span.getScore());
  }
}
