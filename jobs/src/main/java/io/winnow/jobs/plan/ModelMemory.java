package io.winnow.jobs.plan;

import io.winnow.operators.flink.Batching;
import io.winnow.operators.model.MemoryBudget;
import io.winnow.operators.model.ModelBundle;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/**
 * Native memory that the models of a task manager need. Enrichments whose bundles have the same
 * content share a model, and it counts once, as the one of them that needs most.
 */
public final class ModelMemory {
  private final Map<String, MemoryBudget> budgets = new HashMap<>(); // by content

  /**
   * Adds the model of an enrichment.
   *
   * @param batching how the pipeline runs it
   * @throws IOException if a file of the bundle cannot be read
   */
  public void add(ModelBundle bundle, Batching batching) throws IOException {
    budgets.merge(
        bundle.contentDigest(),
        batching.budget(bundle),
        (first, other) -> other.subtask() > first.subtask() ? other : first);
  }

  /**
   * Returns what all of them need together, in bytes.
   *
   * @param slots of the task manager
   */
  public long bytes(int slots) {
    long models = budgets.values().stream().mapToLong(budget -> budget.bytes(slots)).sum();
    return MemoryBudget.PROCESS + models;
  }
}
