package io.winnow.operators.task;

import java.util.ArrayList;
import java.util.List;

/** Joins neighbouring spans of one label, as Hugging Face's {@code group_entities} does. */
final class SpanGroups {
  private SpanGroups() {}

  /** Returns the groups in order; their labels have lost a B- or I- prefix. */
  static List<LabelledSpan> of(List<LabelledSpan> spans) {
    List<LabelledSpan> groups = new ArrayList<>();
    int start = 0;
    for (int i = 1; i <= spans.size(); i++) {
      if (i == spans.size() || !continues(spans.get(i - 1), spans.get(i))) {
        groups.add(group(spans.subList(start, i)));
        start = i;
      }
    }
    return groups;
  }

  private static boolean continues(LabelledSpan last, LabelledSpan next) {
    return !next.label().startsWith("B-") && tag(last.label()).equals(tag(next.label()));
  }

  private static String tag(String label) {
    return label.startsWith("B-") || label.startsWith("I-") ? label.substring(2) : label;
  }

  private static LabelledSpan group(List<LabelledSpan> spans) {
    LabelledSpan first = spans.get(0);
    float sum = 0;
    for (LabelledSpan span : spans) {
      sum += span.score();
    }
    // Hugging Face takes what follows the first hyphen, of a label without a prefix too.
    String label = first.label().substring(first.label().indexOf('-') + 1);
    int end = spans.get(spans.size() - 1).end();
    return new LabelledSpan(label, first.start(), end, sum / spans.size());
  }
}
