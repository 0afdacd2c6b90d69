package io.winnow.jobs.bench;

/**
 * A text to be answered. Special tokens are not counted.
 *
 * @param tokens tokens of all its windows, those that windows share once
 * @param firstWindowTokens tokens of its first window
 */
public record BenchText(String text, int tokens, int firstWindowTokens) {

  /** Creates a text that fits into one window. */
  public BenchText(String text, int tokens) {
    this(text, tokens, tokens);
  }
}
