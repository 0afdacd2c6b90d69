package io.winnow.jobs.bench.contender;

import io.winnow.jobs.bench.Round;
import java.io.Serializable;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;

/**
 * Names a round of this process to the functions of a job, which Flink copies before they run.
 *
 * @param id names the round while it is held
 */
record RoundReference(String id) implements Serializable {
  private static final Map<String, Held> HELD = new ConcurrentHashMap<>();

  /**
   * Holds a round until its reference is released.
   *
   * @param subtasks subtasks that take part in it
   */
  static RoundReference hold(Round round, int subtasks) {
    RoundReference reference = new RoundReference(UUID.randomUUID().toString());
    HELD.put(reference.id, new Held(round, new CountDownLatch(subtasks)));
    return reference;
  }

  Round round() {
    return held().round;
  }

  /** Waits until each subtask is ready, so that all of them work from the first text on. */
  void awaitAll() throws InterruptedException {
    CountDownLatch missing = held().missing;
    missing.countDown();
    missing.await();
  }

  private Held held() {
    Held held = HELD.get(id);
    if (held == null) {
      throw new IllegalStateException("The round of a job has ended before the job");
    }
    return held;
  }

  void release() {
    HELD.remove(id);
  }

  private record Held(Round round, CountDownLatch missing) {}
}
