package io.winnow.jobs.report;

import io.winnow.jobs.display.Figures;
import io.winnow.jobs.evaluation.Finding;
import java.util.List;
import java.util.Map;

/**
 * A text with its spans, or what fits of it.
 *
 * @param name whose spans they are; empty where there are none
 * @param more what is not shown, in words
 */
record TextRow(String name, List<Segment> segments, String more) {
  private static final int MOST_CHARACTERS = 1_000;

  static TextRow of(String name, String text, Map<Finding, Mark> spans) {
    int shown = PageText.border(text, Math.min(MOST_CHARACTERS, text.length()));
    List<Segment> segments = Segment.of(text, shown, spans);
    long hidden = spans.size() - segments.stream().filter(Segment::isSpan).count();
    String more =
        shown == text.length() ? "" : Figures.count(text.length() - shown, "more character");
    if (hidden > 0) {
      more += (more.isEmpty() ? "" : ", ") + Figures.count(hidden, "more span");
    }
    return new TextRow(name, segments, more);
  }
}
