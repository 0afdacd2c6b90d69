package io.winnow.operators.flink;

import static org.assertj.core.api.Assertions.assertThat;

import io.winnow.operators.inference.SharedModels;
import io.winnow.operators.model.Bundles;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.TaskManagerOptions;
import org.junit.jupiter.api.Test;

@SuppressWarnings("try") // models are held open, not used
class MemoryCheckTest {
  private final SharedModels models = SharedModels.ofProcess();
  private final Configuration taskManager = new Configuration();

  @Test
  void tooLittleForTheModelsOfTheProcessIsAProblem() throws Exception {
    taskManager.set(TaskManagerOptions.NUM_TASK_SLOTS, 4);
    try (SharedModels.Lease text = models.acquire(Bundles.read("bert-text"));
        SharedModels.Lease token = models.acquire(Bundles.read("bert-token"))) {
      long needed = models.memoryBudget(4);
      offHeap(needed - 1);
      assertThat(MemoryCheck.problem(taskManager, models))
          .hasValueSatisfying(
              problem ->
                  assertThat(problem)
                      .startsWith("Expected taskmanager.memory.task.off-heap.size of at least ")
                      .contains("m for 2 models in 4 slots, found "));

      offHeap(needed);
      assertThat(MemoryCheck.problem(taskManager, models)).isEmpty();

      taskManager.set(TaskManagerOptions.NUM_TASK_SLOTS, 5);
      assertThat(MemoryCheck.problem(taskManager, models)).isPresent();
    }
  }

  @Test
  void aSizeThatIsNotSetIsNoProblem() throws Exception {
    try (SharedModels.Lease lease = models.acquire(Bundles.read("bert-text"))) {
      assertThat(MemoryCheck.problem(taskManager, models)).isEmpty();
    }
  }

  private void offHeap(long bytes) {
    taskManager.set(TaskManagerOptions.TASK_OFF_HEAP_MEMORY, new MemorySize(bytes));
  }
}
