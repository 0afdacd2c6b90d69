package io.winnow.operators.text;

import org.jspecify.annotations.Nullable;

/** Positions of a text's code points in UTF-16 code units. */
final class CodePoints {
  private final int @Nullable [] positions; // null where both counts are the same

  CodePoints(String text) {
    int codePoints = text.codePointCount(0, text.length());
    this.positions = codePoints == text.length() ? null : positions(text, codePoints);
  }

  /**
   * Returns the position of a code point.
   *
   * @param codePoint its number from 0; the number of code points gives the end of the text
   */
  int toUtf16(int codePoint) {
    return positions == null ? codePoint : positions[codePoint];
  }

  private static int[] positions(String text, int codePoints) {
    int[] positions = new int[codePoints + 1];
    int position = 0;
    for (int i = 0; i < codePoints; i++) {
      positions[i] = position;
      position += Character.charCount(text.codePointAt(position));
    }
    positions[codePoints] = position;
    return positions;
  }
}
