package io.winnow.operators.text;

/**
 * What a text must be before a model reads it.
 *
 * <p>Positions and lengths are in UTF-16 code units, positions counted from 0.
 */
public final class TextPolicy {
  /** Limit of a text where the pipeline file states none: some seconds of one core. */
  public static final int DEFAULT_MAX_CHARACTERS = 100_000;

  private static final char DELETE = '\u007f';
  private static final char NEXT_LINE = '\u0085';

  private TextPolicy() {}

  /** Checks against {@link #DEFAULT_MAX_CHARACTERS}. */
  public static void check(String text) throws RejectedException {
    check(text, DEFAULT_MAX_CHARACTERS);
  }

  /** Throws where a model cannot or should not read {@code text}. */
  public static void check(String text, int maxCharacters) throws RejectedException {
    int length = text.length();
    if (length > maxCharacters) {
      throw new RejectedException(
          Reason.TEXT_TOO_LONG,
          "Expected a text of at most %d characters, but found %d; raise 'max-characters' or shorten it at its source"
              .formatted(maxCharacters, length));
    }

    if (isBlank(text)) {
      throw new RejectedException(
          Reason.EMPTY_TEXT,
          length == 0
              ? "Expected a text, but found none"
              : "Expected a text, but found %d characters of white space only".formatted(length));
    }
  }

  /** Throws at what no text holds; returns whether there is nothing but white space. */
  private static boolean isBlank(String text) throws RejectedException {
    boolean blank = true;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c > ' ' && c < DELETE) {
        blank = false;
      } else if (Character.isSurrogate(c)) {
        i = pairEnd(text, i);
        blank = false;
      } else if (!isWhiteSpace(c)) {
        requireNoControl(c, i);
        blank = false;
      }
    }

    return blank;
  }

  /** Returns the position of the low surrogate that belongs to the high one at {@code i}. */
  private static int pairEnd(String text, int i) throws RejectedException {
    int end = i + 1;
    if (end < text.length() && Character.isSurrogatePair(text.charAt(i), text.charAt(end))) {
      return end;
    }

    throw new RejectedException(
        Reason.INVALID_UNICODE,
        "Expected Unicode text, but found the lone surrogate U+%04X at character %d"
            .formatted((int) text.charAt(i), i));
  }

  private static boolean isWhiteSpace(char c) {
    return switch (c) {
      case '\t', '\n', '\u000b', '\f', '\r', NEXT_LINE -> true;
      default -> Character.isSpaceChar(c);
    };
  }

  private static void requireNoControl(char c, int position) throws RejectedException {
    if (Character.isISOControl(c)) {
      throw new RejectedException(
          Reason.CONTROL_CHARACTER,
          "Expected text, but found the control character U+%04X at character %d; remove it at its source"
              .formatted((int) c, position));
    }
  }
}
