package io.winnow.operators.flink;

import io.winnow.operators.inference.SharedModels;
import java.util.Optional;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.TaskManagerOptions;

/**
 * Holds the native memory that models need against what the task manager sets aside for it: beyond
 * that a container is killed, and no log says why.
 */
final class MemoryCheck {
  private MemoryCheck() {}

  /**
   * Returns what is wrong; empty if nothing is, or the task manager's size is not limited.
   *
   * @param taskManager its configuration, with the sizes that Flink derived
   * @param models those that are loaded
   */
  static Optional<String> problem(Configuration taskManager, SharedModels models) {
    int slots = taskManager.get(TaskManagerOptions.NUM_TASK_SLOTS);
    MemorySize needed = new MemorySize(models.memoryBudget(slots));
    return taskManager
        .getOptional(TaskManagerOptions.TASK_OFF_HEAP_MEMORY)
        .filter(found -> found.compareTo(needed) < 0)
        .map(
            found ->
                "Expected %s of at least %dm for %d models in %d slots, found %dm; raise it, or the task manager may be killed for its memory"
                    .formatted(
                        TaskManagerOptions.TASK_OFF_HEAP_MEMORY.key(),
                        needed.getMebiBytes() + 1,
                        models.size(),
                        slots,
                        found.getMebiBytes()));
  }
}
