package io.winnow.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;

/**
 * What the JVM of a task manager accounts for, in bytes, as Flink's REST endpoint tells it.
 *
 * @param heapCommitted of the heap, what the process holds
 * @param nonHeap classes and compiled code
 * @param direct buffers outside the heap, those of Flink's network among them
 */
record JvmMemory(long heapCommitted, long nonHeap, long direct) {
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final String PREFIX = "Status.JVM.Memory.";
  private static final List<String> METRICS =
      List.of("Heap.Committed", "NonHeap.Committed", "Direct.MemoryUsed");

  /** Reads it once Flink knows it: it fetches metrics where somebody asks, and answers later. */
  static JvmMemory read(ClusterProcesses cluster, String taskManager) {
    String path =
        "/taskmanagers/%s/metrics?get=%s%s"
            .formatted(taskManager, PREFIX, String.join("," + PREFIX, METRICS));
    JsonNode found =
        Awaitility.await()
            .atMost(PATIENCE)
            .until(() -> values(cluster.get(path)), values -> values.size() == METRICS.size());
    return new JvmMemory(
        found.path("Heap.Committed").asLong(),
        found.path("NonHeap.Committed").asLong(),
        found.path("Direct.MemoryUsed").asLong());
  }

  private static JsonNode values(JsonNode metrics) {
    ObjectNode values = JsonNodeFactory.instance.objectNode();
    for (JsonNode metric : metrics) {
      String name = metric.path("id").asText().replace(PREFIX, "");
      values.put(name, Long.parseLong(metric.path("value").asText()));
    }
    return values;
  }

  /** Returns what of a process's resident memory the JVM does not account for: native memory. */
  long unaccounted(long resident) {
    return resident - heapCommitted - nonHeap - direct;
  }
}
