package io.winnow.jobs.bench.contender;

import io.winnow.jobs.bench.Round;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The rounds of a job that stays, one after the other.
 *
 * <p>Thread-safe.
 */
final class Rounds {
  private final AtomicInteger missing;
  private final CompletableFuture<Void> ready = new CompletableFuture<>();
  private volatile Turn turn = new Turn(null);

  /** A round, or none before the first one, and whether the next one has begun. */
  record Turn(@Nullable Round round, CompletableFuture<Void> over) {
    private Turn(@Nullable Round round) {
      this(round, new CompletableFuture<>());
    }
  }

  /**
   * Creates rounds.
   *
   * @param subtasks subtasks that take part in each
   */
  Rounds(int subtasks) {
    this.missing = new AtomicInteger(subtasks);
  }

  /** Tells that a subtask is open and reads. */
  void arrive() {
    if (missing.decrementAndGet() == 0) {
      ready.complete(null);
    }
  }

  /** Returns what is done once all subtasks read: they are to work from the first text on. */
  CompletableFuture<Void> ready() {
    return ready;
  }

  /** Ends the round before, of which no text may be left. */
  void begin(Round round) {
    Turn before = turn;
    turn = new Turn(round);
    before.over.complete(null);
  }

  Turn turn() {
    return turn;
  }
}
