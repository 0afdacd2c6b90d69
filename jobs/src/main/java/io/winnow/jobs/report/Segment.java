package io.winnow.jobs.report;

import io.winnow.jobs.evaluation.Finding;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * A stretch of a text.
 *
 * @param label label of the span that it is; empty between spans
 */
record Segment(String text, String label, Mark mark) {
  private static final Comparator<Finding> IN_ORDER =
      Comparator.comparingInt(Finding::start)
          .thenComparing(Finding::end, Comparator.reverseOrder());

  boolean isSpan() {
    return !label.isEmpty();
  }

  /**
   * Divides the first characters of a text at its spans; of spans that overlap the first is shown.
   *
   * @param shown characters to show; spans that end behind them are not
   */
  static List<Segment> of(String text, int shown, Map<Finding, Mark> spans) {
    List<Segment> segments = new ArrayList<>();
    int done = 0;
    for (Finding span : spans.keySet().stream().sorted(IN_ORDER).toList()) {
      if (span.start() >= done && span.end() <= shown) {
        addPlain(segments, text.substring(done, span.start()));
        segments.add(
            new Segment(
                PageText.of(text.substring(span.start(), span.end())),
                PageText.of(span.label()),
                spans.getOrDefault(span, Mark.PLAIN)));
        done = span.end();
      }
    }
    addPlain(segments, text.substring(done, shown));
    return segments;
  }

  private static void addPlain(List<Segment> segments, String text) {
    if (!text.isEmpty()) {
      segments.add(new Segment(PageText.of(text), "", Mark.PLAIN));
    }
  }
}
