package io.winnow.operators.inference;

import io.winnow.operators.text.TokenizedWindow;
import java.util.List;

/**
 * Windows that share one forward pass, each padded at its end to the same length.
 *
 * @param length tokens of each row, special tokens and padding included
 * @param padId id of the token that pads
 */
public record Batch(List<TokenizedWindow> windows, int length, long padId) {

  public Batch {
    windows = List.copyOf(windows);
    if (windows.isEmpty() || length < longest(windows)) {
      throw new IllegalArgumentException(
          "Expected windows of at most %d tokens, found %s"
              .formatted(length, windows.stream().map(TokenizedWindow::tokens).toList()));
    }
  }

  /** Returns a batch as long as its longest window. */
  public static Batch of(List<TokenizedWindow> windows, long padId) {
    return new Batch(windows, longest(windows), padId);
  }

  /** Returns a batch of one window, without padding. */
  static Batch alone(TokenizedWindow window) {
    return new Batch(List.of(window), window.tokens(), 0);
  }

  public int size() {
    return windows.size();
  }

  private static int longest(List<TokenizedWindow> windows) {
    return windows.stream().mapToInt(TokenizedWindow::tokens).max().orElse(0);
  }
}
