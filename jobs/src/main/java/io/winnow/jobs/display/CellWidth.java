package io.winnow.jobs.display;

import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** How many cells of a terminal a character takes: after Unicode's East Asian Width (UAX 11). */
final class CellWidth {
  private static final int EMOJI_PRESENTATION = 0xFE0F;

  /** First to last code point of the ranges that are two cells wide. */
  private static final NavigableMap<Integer, Integer> WIDE =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry(0x1100, 0x115F), // Hangul Jamo
              Map.entry(0x231A, 0x231B),
              Map.entry(0x23E9, 0x23EC),
              Map.entry(0x2614, 0x2615),
              Map.entry(0x2648, 0x2653),
              Map.entry(0x26BD, 0x26BE),
              Map.entry(0x26A1, 0x26A1),
              Map.entry(0x2705, 0x2705),
              Map.entry(0x270A, 0x270B),
              Map.entry(0x2728, 0x2728),
              Map.entry(0x274C, 0x274C),
              Map.entry(0x2753, 0x2757),
              Map.entry(0x2B50, 0x2B50),
              Map.entry(0x2E80, 0x303E), // CJK
              Map.entry(0x3041, 0xA4CF), // Kana, CJK, Yi
              Map.entry(0xA960, 0xA97F),
              Map.entry(0xAC00, 0xD7A3), // Hangul
              Map.entry(0xF900, 0xFAFF),
              Map.entry(0xFE30, 0xFE6F),
              Map.entry(0xFF01, 0xFF60), // full-width forms
              Map.entry(0xFFE0, 0xFFE6),
              Map.entry(0x1F18E, 0x1F19A),
              Map.entry(0x1F200, 0x1F64F), // emoji
              Map.entry(0x1F680, 0x1F6FF),
              Map.entry(0x1F900, 0x1FAFF),
              Map.entry(0x20000, 0x3FFFD))); // CJK

  private CellWidth() {}

  /** Returns the cells of a grapheme cluster: an emoji of several code points is one sign. */
  static int ofCluster(String cluster) {
    int first = ofCodePoint(cluster.codePointAt(0));
    return first == 2 || cluster.indexOf(EMOJI_PRESENTATION) > 0
        ? 2
        : cluster.codePoints().map(CellWidth::ofCodePoint).sum();
  }

  static int ofCodePoint(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK, Character.FORMAT -> 0;
      default -> {
        Map.Entry<Integer, Integer> range = WIDE.floorEntry(codePoint);
        yield range != null && codePoint <= range.getValue() ? 2 : 1;
      }
    };
  }
}
