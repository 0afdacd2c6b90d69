package io.winnow.operators.text;

/**
 * A text as tokens. Tokens of the text are counted from 0, without the special tokens that the
 * model's template puts before and behind them.
 *
 * <p>Positions are UTF-16 code units of the text. Immutable, as long as nobody writes to the arrays
 * that the package shares.
 */
public final class TokenizedText {
  private final String text;
  private final long[] ids; // with the special tokens, as the next two
  private final long[] typeIds;
  private final int[] bounds; // start and end of each token of the text, in turn
  private final boolean[] continuations;
  private final int prefix;
  private final int suffix;

  TokenizedText(
      String text,
      long[] ids,
      long[] typeIds,
      int[] bounds,
      boolean[] continuations,
      int prefix,
      int suffix) {
    this.text = text;
    this.ids = ids;
    this.typeIds = typeIds;
    this.bounds = bounds;
    this.continuations = continuations;
    this.prefix = prefix;
    this.suffix = suffix;
  }

  public String text() {
    return text;
  }

  /** Returns the number of tokens of the text. */
  public int size() {
    return continuations.length;
  }

  /** Returns the number of special tokens that surround each window. */
  public int specialTokens() {
    return prefix + suffix;
  }

  /** Returns the number of special tokens before the first token of a window. */
  public int prefix() {
    return prefix;
  }

  public int start(int token) {
    return bounds[2 * token];
  }

  public int end(int token) {
    return bounds[2 * token + 1];
  }

  /** Tells whether a token continues the word of the token before it. */
  public boolean continuesWord(int token) {
    return continuations[token];
  }

  /** Returns the ids of a window with its special tokens. */
  public long[] ids(Window window) {
    return cut(ids, window);
  }

  /** Returns the token type ids of a window with its special tokens. */
  public long[] typeIds(Window window) {
    return cut(typeIds, window);
  }

  private long[] cut(long[] values, Window window) {
    if (window.size() == size()) {
      return values;
    }
    long[] cut = new long[window.size() + prefix + suffix];
    System.arraycopy(values, 0, cut, 0, prefix);
    System.arraycopy(values, prefix + window.start(), cut, prefix, window.size());
    System.arraycopy(values, values.length - suffix, cut, prefix + window.size(), suffix);
    return cut;
  }
}
