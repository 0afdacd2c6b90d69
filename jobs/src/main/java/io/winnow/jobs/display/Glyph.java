package io.winnow.jobs.display;

/**
 * What a reader takes for one character, as it is shown.
 *
 * @param start first position in the original text, in UTF-16 code units
 * @param end position behind it in the original text
 * @param shown what stands for it on the terminal
 * @param cells cells of the terminal that it takes
 * @param replaced whether {@code shown} is a symbol for what must not reach the terminal
 */
record Glyph(int start, int end, String shown, int cells, boolean replaced) {
  /** Returns the glyph of a grapheme cluster. */
  static Glyph of(String cluster, int start) {
    String shown = shown(cluster);
    boolean replaced = !shown.equals(cluster);
    int cells = replaced ? plainCells(shown) : CellWidth.ofCluster(shown);
    return new Glyph(start, start + cluster.length(), shown, cells, replaced);
  }

  boolean isSpace() {
    return shown.isBlank() || (replaced && "⏎⇥".contains(shown));
  }

  private static int plainCells(String shown) {
    return shown.codePoints().map(CellWidth::ofCodePoint).sum();
  }

  private static String shown(String cluster) {
    if (cluster.equals("\r\n")) {
      return "⏎";
    }

    boolean flag = cluster.codePointAt(0) == 0x1F3F4; // with tags: England, Scotland, Wales
    StringBuilder shown = new StringBuilder();
    cluster.codePoints().forEach(c -> append(shown, c, flag));
    return shown.toString();
  }

  private static void append(StringBuilder shown, int codePoint, boolean flag) {
    switch (codePoint) {
      case '\n', 0x2028, 0x2029 -> shown.append('⏎');
      case '\t' -> shown.append('⇥');
      case 0x7F -> shown.append('␡');
      default -> {
        if (codePoint < 0x20) {
          shown.append((char) ('␀' + codePoint));
        } else if (isHarmless(codePoint, flag)) {
          shown.appendCodePoint(codePoint);
        } else {
          shown.append("<U+%04X>".formatted(codePoint));
        }
      }
    }
  }

  /**
   * Whether a terminal shows it in place: no command, no change of direction, no half character.
   */
  private static boolean isHarmless(int codePoint, boolean flag) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL, Character.SURROGATE -> false;
      case Character.FORMAT ->
          codePoint == 0x200C // joiners of Persian, Indic scripts and emoji
              || codePoint == 0x200D
              || (flag && codePoint >= 0xE0020 && codePoint <= 0xE007F);
      default -> true;
    };
  }
}
