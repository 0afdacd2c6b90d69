package io.winnow.jobs.registry;

import io.winnow.operators.text.RejectedException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Ids that stand for no schema, for a moment: a topic full of them must not become a flood of
 * requests, and an id may be known soon. Thread-safe.
 */
final class UnusableSchemas {
  private static final int MAX_KEPT = 1_000;
  private static final long KEPT_NANOS = Duration.ofSeconds(1).toNanos();

  private final Map<Integer, Refusal> refusals = new ConcurrentHashMap<>();

  void throwIfKnown(int id, long nowNanos) throws RejectedException {
    Refusal refusal = refusals.get(id);
    if (refusal != null && nowNanos - refusal.sinceNanos() < KEPT_NANOS) {
      throw refusal.rejection();
    }
  }

  void add(int id, RejectedException rejection, long nowNanos) {
    if (refusals.size() >= MAX_KEPT) {
      refusals.clear();
    }
    refusals.put(id, new Refusal(rejection, nowNanos));
  }

  private record Refusal(RejectedException rejection, long sinceNanos) {}
}
