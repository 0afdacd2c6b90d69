package io.winnow.jobs.report;

/**
 * Text of a data set as a page can hold it: what has no form in HTML is replaced, unit by unit, so
 * that the positions of spans hold. Escaping is the template's work.
 */
final class PageText {
  private static final char CONTROL_PICTURES = '\u2400';
  private static final char REPLACEMENT = '\ufffd';

  private PageText() {}

  static String of(String text) {
    StringBuilder shown = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isSurrogate(c)) {
        boolean pair = i + 1 < text.length() && Character.isSurrogatePair(c, text.charAt(i + 1));
        shown.append(pair ? text.substring(i, i + 2) : REPLACEMENT);
        i += pair ? 1 : 0;
      } else {
        shown.append(shown(c));
      }
    }
    return shown.toString();
  }

  private static char shown(char c) {
    if (!Character.isISOControl(c) || c == '\n' || c == '\t') {
      return c;
    }

    return c < ' ' ? (char) (CONTROL_PICTURES + c) : REPLACEMENT;
  }

  /** Returns the last position up to the given one that lies between two characters. */
  static int border(String text, int position) {
    boolean inside =
        position > 0
            && position < text.length()
            && Character.isSurrogatePair(text.charAt(position - 1), text.charAt(position));
    return inside ? position - 1 : position;
  }
}
