package io.winnow.jobs.display;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Help.Ansi.Style;

/**
 * Text that is safe to show: no control character and no change of direction reaches the terminal.
 *
 * <p>It is cut between glyphs only, never inside a surrogate pair or a combining sequence.
 */
record VisibleText(List<Glyph> glyphs) {
  private static final Pattern CLUSTER = Pattern.compile("\\X");
  private static final String ELLIPSIS = "…";
  private static final int LONGEST_WORD = 14; // glyphs; a longer one is cut

  VisibleText {
    glyphs = List.copyOf(glyphs);
  }

  static VisibleText of(String text) {
    List<Glyph> glyphs = new ArrayList<>();
    Matcher matcher = CLUSTER.matcher(text);
    while (matcher.find()) {
      glyphs.add(Glyph.of(matcher.group(), matcher.start()));
    }
    return new VisibleText(glyphs);
  }

  int cells() {
    return glyphs.stream().mapToInt(Glyph::cells).sum();
  }

  /** Returns the text as it is, with nothing to tell a symbol from the same sign in the text. */
  String plain() {
    return painted(Palette.PLAIN);
  }

  /** Returns the text with its replaced characters faint. */
  String painted(Palette palette) {
    StringBuilder painted = new StringBuilder();
    for (Glyph glyph : glyphs) {
      painted.append(glyph.replaced() ? palette.paint(glyph.shown(), Style.faint) : glyph.shown());
    }
    return painted.toString();
  }

  VisibleText slice(int from, int to) {
    return new VisibleText(glyphs.subList(from, to));
  }

  /** Returns at most that many cells of it: the end goes first. */
  VisibleText clipped(int cells) {
    return cells() <= cells ? this : joined(fitting(cells - 1), glyphs.size());
  }

  /**
   * Returns at most that many cells of it: the middle goes first, at words where they are short.
   */
  VisibleText shortened(int cells) {
    if (cells() <= cells) {
      return this;
    }

    int tailCells = (cells - 1) / 3;
    return joined(head(cells - 1 - tailCells), tail(tailCells));
  }

  private VisibleText joined(int headEnd, int tailStart) {
    List<Glyph> joined = new ArrayList<>(glyphs.subList(0, headEnd));
    int start = glyphs.get(headEnd).start();
    joined.add(new Glyph(start, start, ELLIPSIS, 1, true));
    joined.addAll(glyphs.subList(tailStart, glyphs.size()));
    return new VisibleText(joined);
  }

  /** Returns it in lines of at most that many cells; the last of them is shortened to fit. */
  List<VisibleText> wrapped(int cells, int lines) {
    List<VisibleText> wrapped = new ArrayList<>();
    VisibleText rest = this;
    while (rest.cells() > cells && wrapped.size() < lines - 1) {
      int end = rest.head(cells);
      wrapped.add(rest.slice(0, end));
      rest = rest.slice(end, rest.glyphs.size());
    }
    wrapped.add(rest.shortened(cells));
    return wrapped;
  }

  /** Returns the number of first glyphs that fit. */
  private int fitting(int cells) {
    int end = 0;
    for (int used = 0; used + glyphs.get(end).cells() <= cells; end++) {
      used += glyphs.get(end).cells();
    }
    return end;
  }

  /** Returns the number of first glyphs that fit, up to a space where one is near. */
  private int head(int cells) {
    int end = fitting(cells);
    for (int at = end; at > 0 && end - at <= LONGEST_WORD; at--) {
      if (glyphs.get(at - 1).isSpace()) {
        return at;
      }
    }
    return end;
  }

  /** Returns where the last glyphs that fit begin, at a space where one is near. */
  private int tail(int cells) {
    int start = glyphs.size();
    for (int used = 0; used + glyphs.get(start - 1).cells() <= cells; start--) {
      used += glyphs.get(start - 1).cells();
    }
    for (int at = start; at < glyphs.size() && at - start <= LONGEST_WORD; at++) {
      if (glyphs.get(at).isSpace()) {
        return at;
      }
    }
    return start;
  }
}
