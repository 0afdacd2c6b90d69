package io.winnow.operators.task;

import io.winnow.operators.inference.InferenceException;
import io.winnow.operators.inference.Logits;
import io.winnow.operators.task.AnswerCache.Answer;
import io.winnow.operators.text.RejectedException;
import io.winnow.operators.text.TokenizedWindow;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.ToIntFunction;

/**
 * Answers several texts in forward passes that windows of like length share: for models whose
 * answers are proven not to depend on that.
 *
 * <p>Not thread-safe, as its {@link Enricher}.
 */
public final class SortedEnricher {
  /** Most tokens of a pass, padding included: with more, what a pass computes outgrows caches. */
  public static final int PASS_TOKENS = 512;

  private final Enricher enricher;

  public SortedEnricher(Enricher enricher) {
    this.enricher = enricher;
  }

  /** Is told each outcome as soon as it is known. */
  @FunctionalInterface
  public interface Listener {
    /**
     * Takes an outcome.
     *
     * @param index that of its text
     */
    void found(int index, Outcome outcome);
  }

  /** Answers texts; their outcomes stand in the order of the texts. */
  public List<Outcome> enrich(List<String> texts) {
    Outcome[] outcomes = new Outcome[texts.size()];
    enrich(texts, (index, outcome) -> outcomes[index] = outcome);
    return List.of(outcomes);
  }

  /** Answers texts, and tells the outcomes pass by pass: those of short texts first. */
  public void enrich(List<String> texts, Listener listener) {
    List<Piece> pieces = new ArrayList<>();
    for (int i = 0; i < texts.size(); i++) {
      int index = i;
      Reading reading = read(texts.get(i), outcome -> listener.found(index, outcome));
      for (int window = 0; window < reading.windows.size(); window++) {
        pieces.add(new Piece(reading, window));
      }
    }
    passes(pieces, Piece::tokens).forEach(this::run);
  }

  private Reading read(String text, Consumer<Outcome> listener) {
    try {
      return new Reading(enricher.divide(text), listener);
    } catch (RejectedException e) {
      listener.accept(Outcome.of(e));
      return new Reading(List.of(), listener);
    }
  }

  /**
   * Puts windows together by their length; a window longer than a pass has one of its own.
   *
   * @param tokens of a window, special ones included
   */
  static <T> List<List<T>> passes(List<T> windows, ToIntFunction<T> tokens) {
    List<T> sorted = new ArrayList<>(windows);
    sorted.sort(Comparator.comparingInt(tokens));
    List<List<T>> passes = new ArrayList<>();
    List<T> pass = new ArrayList<>();
    for (T window : sorted) { // the longest of its pass so far
      if (!pass.isEmpty() && (pass.size() + 1) * tokens.applyAsInt(window) > PASS_TOKENS) {
        passes.add(pass);
        pass = new ArrayList<>();
      }
      pass.add(window);
    }
    if (!pass.isEmpty()) {
      passes.add(pass);
    }
    return passes;
  }

  /** A pass that fails is run again window by window: the fault may be one text's alone. */
  private void run(List<Piece> pass) {
    long start = System.nanoTime();
    List<Map<String, Logits>> logits;
    try {
      logits = enricher.run(pass.stream().map(Piece::window).toList());
    } catch (InferenceException e) {
      if (pass.size() == 1) {
        pass.get(0).reading.fail(Enricher.unreadable(e));
      } else {
        pass.forEach(piece -> run(List.of(piece)));
      }
      return;
    }
    long nanos = System.nanoTime() - start;
    long tokens = pass.stream().mapToInt(Piece::tokens).sum();
    for (int i = 0; i < logits.size(); i++) {
      Piece piece = pass.get(i);
      piece.reading.add(piece.index, logits.get(i), nanos * piece.tokens() / tokens);
    }
  }

  /** A text on its way: its windows, and the logits of those that ran. */
  private final class Reading {
    private final List<TokenizedWindow> windows;
    private final List<Map<String, Logits>> logits;
    private final Consumer<Outcome> listener;
    private int left; // windows that are still to run
    private boolean failed;
    private long nanos; // its share of the passes

    private Reading(List<TokenizedWindow> windows, Consumer<Outcome> listener) {
      this.windows = windows;
      this.logits = new ArrayList<>(windows.stream().map(w -> Map.<String, Logits>of()).toList());
      this.listener = listener;
      this.left = windows.size();
    }

    private void add(int window, Map<String, Logits> found, long share) {
      logits.set(window, found);
      nanos += share;
      left--;
      if (left == 0 && !failed) {
        listener.accept(Outcome.of(new Answer(enricher.answer(windows, logits, nanos), false)));
      }
    }

    private void fail(RejectedException rejection) {
      left--;
      if (!failed) {
        failed = true;
        listener.accept(Outcome.of(rejection));
      }
    }
  }

  /** A window of a text. */
  private record Piece(Reading reading, int index) {
    private TokenizedWindow window() {
      return reading.windows.get(index);
    }

    private int tokens() {
      return window().tokens();
    }
  }
}
