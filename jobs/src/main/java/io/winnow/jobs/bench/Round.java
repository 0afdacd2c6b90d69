package io.winnow.jobs.bench;

import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Texts to be answered once each, by as many threads as there are, and a watch over it.
 *
 * <p>What is measured is the time while everybody has work: from a fifth of the answers, when all
 * have started, to nine tenths, when the first may run out of texts.
 *
 * <p>Thread-safe.
 */
public final class Round {
  /** Fewer texts have no middle. */
  public static final int LEAST_TEXTS = 10;

  private final List<BenchText> texts;
  private final ToIntFunction<BenchText> tokensRead;
  private final int first;
  private final int last;
  private final AtomicInteger taken = new AtomicInteger();
  private final AtomicInteger answered = new AtomicInteger();
  private final AtomicLong tokens = new AtomicLong();
  private final long[] startNanos;
  private final AtomicReferenceArray<@Nullable String> answers;
  private final Latencies latencies = new Latencies();
  private final CompletableFuture<Void> whole = new CompletableFuture<>();
  private volatile @Nullable Moment begin;
  private volatile @Nullable Moment end;

  /**
   * Creates a round whose texts are read whole.
   *
   * @param texts at least {@link #LEAST_TEXTS}
   */
  public Round(List<BenchText> texts) {
    this(texts, BenchText::tokens);
  }

  /**
   * Creates a round.
   *
   * @param texts at least {@link #LEAST_TEXTS}
   * @param tokensRead tokens of a text that are read for its answer
   */
  public Round(List<BenchText> texts, ToIntFunction<BenchText> tokensRead) {
    if (texts.size() < LEAST_TEXTS) {
      throw new IllegalArgumentException(
          "A round needs at least %d texts, but has %d".formatted(LEAST_TEXTS, texts.size()));
    }

    this.texts = List.copyOf(texts);
    this.tokensRead = tokensRead;
    this.first = first(texts.size());
    this.last = last(texts.size());
    this.startNanos = new long[texts.size()];
    this.answers = new AtomicReferenceArray<>(texts.size());
  }

  /** Returns how many of some texts are answered when the time begins that is measured. */
  public static int first(int texts) {
    return texts / 5;
  }

  /** Returns how many of some texts are answered when the time ends that is measured. */
  public static int last(int texts) {
    return texts * 9 / 10;
  }

  public int size() {
    return texts.size();
  }

  public BenchText text(int index) {
    return texts.get(index);
  }

  /** Hands out the next text, by its index, whose time starts; nothing where all are taken. */
  public OptionalInt next() {
    int index = taken.getAndIncrement();
    if (index >= texts.size()) {
      return OptionalInt.empty();
    }

    startNanos[index] = System.nanoTime();
    return OptionalInt.of(index);
  }

  /**
   * Takes an answer; the text's time ends.
   *
   * @throws IllegalStateException if the text has one
   */
  public void answered(Answer answer) {
    int index = answer.index();
    long took = System.nanoTime() - startNanos[index];
    if (answers.getAndSet(index, answer.labels()) != null) {
      throw new IllegalStateException("Text %d of a round was answered twice".formatted(index));
    }

    long readTokens = tokens.addAndGet(tokensRead.applyAsInt(texts.get(index)));
    int count = answered.incrementAndGet();
    if (count > first && count <= last) {
      latencies.add(took);
    }
    if (count == first) {
      begin = Moment.now(count, readTokens);
    } else if (count == last) {
      end = Moment.now(count, readTokens);
    }
    if (count == texts.size()) {
      whole.complete(null);
    }
  }

  /** Returns what is done once each text is answered. */
  public CompletableFuture<Void> whole() {
    return whole;
  }

  /** Returns the labels that a text was answered with. */
  public String answer(int index) {
    String answer = answers.get(index);
    if (answer == null) {
      throw new IllegalStateException("Text %d of a round was not answered".formatted(index));
    }
    return answer;
  }

  /**
   * Returns what was measured.
   *
   * @throws IllegalStateException if a text was not answered
   */
  public Measurement measurement() {
    Moment from = begin;
    Moment to = end;
    if (answered.get() != texts.size() || from == null || to == null) {
      throw new IllegalStateException(
          "Expected an answer to each of %d texts of a round, found %d"
              .formatted(texts.size(), answered.get()));
    }
    return from.until(to, latencies.millis(50), latencies.millis(99));
  }
}
