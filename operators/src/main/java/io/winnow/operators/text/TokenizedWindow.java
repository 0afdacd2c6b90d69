package io.winnow.operators.text;

/** A window with the text it lies in: what a model reads in one forward pass. */
public record TokenizedWindow(TokenizedText text, Window window) {

  /** Returns the number of tokens in the pass, special tokens included. */
  public int tokens() {
    return window.size() + text.specialTokens();
  }

  /** Returns the ids of the tokens, special tokens included. */
  public long[] ids() {
    return text.ids(window);
  }

  /** Returns the token type ids, special tokens included. */
  public long[] typeIds() {
    return text.typeIds(window);
  }
}
