package io.winnow.jobs.display;

import java.util.ArrayList;
import java.util.List;

/**
 * A text with its spans in a given number of cells: spans stay, and what lies between them is
 * shortened, the longest first.
 */
final class Excerpt {
  private static final int LEAST_BETWEEN = 6; // a word's worth on both sides of the ellipsis

  private Excerpt() {}

  /** Returns the stretches to show in at most that many cells. */
  static List<Stretch> of(List<Stretch> stretches, int cells) {
    if (cells(stretches) <= cells) {
      return stretches;
    }

    List<Stretch> kept = withSpansThatFit(stretches, cells);
    int left = cells;
    for (Stretch stretch : kept) {
      left -= stretch.label() == null ? 0 : stretch.cells();
    }
    int share = share(kept, left);
    return kept.stream()
        .map(s -> s.label() == null ? s.withText(s.text().shortened(share)) : s)
        .toList();
  }

  /** Keeps the first spans, as many as leave room for a little text between them. */
  private static List<Stretch> withSpansThatFit(List<Stretch> stretches, int cells) {
    List<Stretch> kept = new ArrayList<>();
    int needed = LEAST_BETWEEN; // for the number of spans left out
    for (int i = 0; i < stretches.size(); i++) {
      Stretch stretch = stretches.get(i);
      if (stretch.label() != null) {
        int longest = Math.max(LEAST_BETWEEN, cells / 2 - stretch.tag().cells());
        stretch = stretch.withText(stretch.text().shortened(longest));
      }
      needed += stretch.label() == null ? atLeast(stretch) : stretch.cells();
      if (needed > cells) {
        long out = stretches.stream().skip(i).filter(s -> s.label() != null).count();
        if (!kept.isEmpty() && kept.get(kept.size() - 1).label() == null) {
          kept.remove(kept.size() - 1);
        }
        kept.add(new Stretch(VisibleText.of(out == 0 ? " …" : " … +" + out), null));
        return kept;
      }
      kept.add(stretch);
    }
    return kept;
  }

  private static int atLeast(Stretch between) {
    return Math.min(between.cells(), LEAST_BETWEEN);
  }

  /** Returns the most cells that each stretch between spans may take, so that all of them fit. */
  private static int share(List<Stretch> stretches, int left) {
    int share = left;
    while (share > 1 && betweenSpans(stretches, share) > left) {
      share--;
    }
    return share;
  }

  private static int betweenSpans(List<Stretch> stretches, int share) {
    return stretches.stream()
        .filter(s -> s.label() == null)
        .mapToInt(s -> Math.min(s.cells(), share))
        .sum();
  }

  private static int cells(List<Stretch> stretches) {
    return stretches.stream().mapToInt(Stretch::cells).sum();
  }
}
