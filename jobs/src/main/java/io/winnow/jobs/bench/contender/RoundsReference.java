package io.winnow.jobs.bench.contender;

import java.io.Serializable;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Names rounds of this process to the functions of a job, which Flink copies before they run.
 *
 * @param id names the rounds while they are held
 */
record RoundsReference(String id) implements Serializable {
  private static final Map<String, Rounds> HELD = new ConcurrentHashMap<>();

  /** Holds rounds until their reference is released. */
  static RoundsReference hold(Rounds rounds) {
    RoundsReference reference = new RoundsReference(UUID.randomUUID().toString());
    HELD.put(reference.id, rounds);
    return reference;
  }

  Rounds rounds() {
    Rounds rounds = HELD.get(id);
    if (rounds == null) {
      throw new IllegalStateException("The rounds of a job were released before it ended");
    }
    return rounds;
  }

  void release() {
    HELD.remove(id);
  }
}
