package io.winnow.operators.text;

import java.util.ArrayList;
import java.util.List;

/**
 * A run of tokens that the model reads in one forward pass.
 *
 * @param start first token of the text in the window
 * @param end token behind the window
 */
public record Window(int start, int end) {

  /** Returns the number of tokens of the text in the window. */
  public int size() {
    return end - start;
  }

  /**
   * Returns how far a token lies from the nearer edge of the window, an edge of the text not
   * counted: the more, the more of its context the model saw.
   */
  public int context(int token, int tokens) {
    int before = start == 0 ? Integer.MAX_VALUE : token - start;
    int after = end == tokens ? Integer.MAX_VALUE : end - 1 - token;
    return Math.min(before, after);
  }

  /**
   * Divides a text into windows of equal size, each sharing {@code stride} tokens with the one
   * before it. The last one ends with the text and so may share more.
   *
   * @param tokens tokens of the text
   * @param capacity tokens that a window holds, more than the stride
   * @param limit windows at the most; the text behind them is not covered
   */
  public static List<Window> cover(int tokens, int capacity, int stride, int limit) {
    if (capacity <= stride) {
      throw new IllegalArgumentException(
          "A window must hold more tokens than the stride of "
              + stride
              + ", but holds "
              + capacity);
    }
    if (tokens <= capacity) {
      return List.of(new Window(0, tokens));
    }
    List<Window> windows = new ArrayList<>();
    int start = 0;
    while (start + capacity < tokens && windows.size() < limit) {
      windows.add(new Window(start, start + capacity));
      start += capacity - stride;
    }
    if (windows.size() < limit) {
      windows.add(new Window(tokens - capacity, tokens));
    }
    return List.copyOf(windows);
  }

  /** Returns how many windows {@link #cover} needs for the whole text. */
  public static int count(int tokens, int capacity, int stride) {
    int step = capacity - stride;
    return tokens <= capacity ? 1 : 1 + (tokens - capacity + step - 1) / step;
  }
}
