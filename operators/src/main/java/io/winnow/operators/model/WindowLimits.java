package io.winnow.operators.model;

/**
 * How long text is read.
 *
 * @param tokens tokens in one forward pass, special tokens included
 * @param stride tokens that neighbouring windows share
 * @param limit windows of one text at the most
 * @param overflow what becomes of a text that needs more
 */
public record WindowLimits(int tokens, int stride, int limit, Overflow overflow) {
  static final int LEAST_TOKENS = 16;
  static final int DEFAULT_TOKENS = 512;
  static final int DEFAULT_LIMIT = 64;

  /** What becomes of a text that needs more windows than the limit. */
  public enum Overflow {
    /** It is rejected. */
    REJECT,
    /** Its start is read, and the result says how many tokens that were. */
    CUT
  }
}
