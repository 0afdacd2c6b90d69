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
import org.jspecify.annotations.Nullable;

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

  /** Answers texts; their outcomes stand in the order of the texts. */
  public List<Outcome> enrich(List<String> texts) {
    List<Reading> readings = texts.stream().map(this::read).toList();
    for (List<Piece> pass : passes(readings)) {
      run(pass);
    }
    return readings.stream().map(this::outcome).toList();
  }

  private Reading read(String text) {
    try {
      return new Reading(enricher.divide(text));
    } catch (RejectedException e) {
      return new Reading(e);
    }
  }

  /** Puts windows together by their length; a window longer than a pass has one of its own. */
  private static List<List<Piece>> passes(List<Reading> readings) {
    List<Piece> pieces = new ArrayList<>();
    for (Reading reading : readings) {
      for (int i = 0; i < reading.windows.size(); i++) {
        pieces.add(new Piece(reading, i));
      }
    }
    pieces.sort(Comparator.comparingInt(Piece::tokens));
    List<List<Piece>> passes = new ArrayList<>();
    List<Piece> pass = new ArrayList<>();
    for (Piece piece : pieces) { // the longest of its pass so far
      if (!pass.isEmpty() && (pass.size() + 1) * piece.tokens() > PASS_TOKENS) {
        passes.add(pass);
        pass = new ArrayList<>();
      }
      pass.add(piece);
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
        pass.get(0).reading.rejection = Enricher.unreadable(e);
      } else {
        pass.forEach(piece -> run(List.of(piece)));
      }
      return;
    }
    long nanos = System.nanoTime() - start;
    long tokens = pass.stream().mapToInt(Piece::tokens).sum();
    for (int i = 0; i < logits.size(); i++) {
      Piece piece = pass.get(i);
      piece.reading.logits.set(piece.index, logits.get(i));
      piece.reading.nanos += nanos * piece.tokens() / tokens;
    }
  }

  private Outcome outcome(Reading reading) {
    return reading.rejection == null
        ? Outcome.of(
            new Answer(enricher.answer(reading.windows, reading.logits, reading.nanos), false))
        : Outcome.of(reading.rejection);
  }

  /** A text on its way: its windows, and the logits of those that ran. */
  private static final class Reading {
    private final List<TokenizedWindow> windows;
    private final List<Map<String, Logits>> logits;
    private @Nullable RejectedException rejection;
    private long nanos; // its share of the passes

    private Reading(List<TokenizedWindow> windows) {
      this.windows = windows;
      this.logits = new ArrayList<>(windows.stream().map(w -> Map.<String, Logits>of()).toList());
    }

    private Reading(RejectedException rejection) {
      this(List.of());
      this.rejection = rejection;
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
