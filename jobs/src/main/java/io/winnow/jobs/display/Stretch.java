package io.winnow.jobs.display;

import io.winnow.schemas.Span;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A stretch of a text to show.
 *
 * @param text what is shown
 * @param label label of the span that it is; null between spans
 */
record Stretch(VisibleText text, @Nullable String label) {
  private static final Comparator<Span> IN_ORDER =
      Comparator.comparingInt(Span::getStart)
          .thenComparing(Span::getEnd, Comparator.reverseOrder());

  /** Cells of the terminal that it takes with its label. */
  int cells() {
    return text.cells() + tag().cells();
  }

  /** Returns what is shown behind a span. */
  VisibleText tag() {
    return VisibleText.of(label == null ? "" : "[" + label + "]");
  }

  Stretch withText(VisibleText other) {
    return new Stretch(other, label);
  }

  /**
   * Divides a text at its spans. A span grows to whole glyphs; of spans that overlap the first is
   * shown, and of those that start together the longest.
   */
  static List<Stretch> of(String original, List<Span> spans) {
    VisibleText text = VisibleText.of(original);
    List<Stretch> stretches = new ArrayList<>();
    int done = 0;
    for (Span span : spans.stream().sorted(IN_ORDER).toList()) {
      if (span.getEnd() > original.length()) {
        throw new IllegalArgumentException(
            "Span %s from %d to %d must lie in the text, but that has %d characters; show the text that the span was found in"
                .formatted(span.getLabel(), span.getStart(), span.getEnd(), original.length()));
      }
      int from = glyphAt(text, span.getStart());
      int to = glyphBehind(text, span.getEnd());
      if (from >= done && from < to) {
        add(stretches, text.slice(done, from), null);
        add(stretches, text.slice(from, to), span.getLabel());
        done = to;
      }
    }
    add(stretches, text.slice(done, text.glyphs().size()), null);
    return stretches;
  }

  private static void add(List<Stretch> stretches, VisibleText text, @Nullable String label) {
    if (!text.glyphs().isEmpty()) {
      stretches.add(new Stretch(text, label));
    }
  }

  private static int glyphAt(VisibleText text, int position) {
    int index = 0;
    while (index < text.glyphs().size() && text.glyphs().get(index).end() <= position) {
      index++;
    }
    return index;
  }

  private static int glyphBehind(VisibleText text, int position) {
    int index = 0;
    while (index < text.glyphs().size() && text.glyphs().get(index).start() < position) {
      index++;
    }
    return index;
  }
}
