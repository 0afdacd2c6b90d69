package io.winnow.operators.flink;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.flink.api.common.JobID;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Metric;
import org.apache.flink.runtime.clusterframework.types.ResourceID;
import org.apache.flink.runtime.executiongraph.ExecutionGraphTestUtils;
import org.apache.flink.runtime.metrics.groups.AbstractMetricGroup;
import org.apache.flink.runtime.metrics.groups.TaskManagerMetricGroup;
import org.apache.flink.runtime.metrics.groups.TaskMetricGroup;
import org.apache.flink.runtime.metrics.util.TestingMetricRegistry;

/** Collects the metrics that an operator registers below its own group, by their dotted names. */
final class MetricsProbe {
  private static final String BORDER = "." + SlmMetrics.GROUP + ".";

  private final Map<String, Metric> metrics = new ConcurrentHashMap<>();

  TaskMetricGroup taskGroup() {
    TestingMetricRegistry registry =
        TestingMetricRegistry.builder().setRegisterConsumer(this::register).build();
    return TaskManagerMetricGroup.createTaskManagerMetricGroup(
            registry, "localhost", ResourceID.generate())
        .addJob(new JobID(), "job")
        .addTask(ExecutionGraphTestUtils.createExecutionAttemptId(), "task");
  }

  Map<String, Metric> metrics() {
    return metrics;
  }

  long count(String counter) {
    return metrics.get(counter) instanceof Counter found ? found.getCount() : -1;
  }

  private void register(Metric metric, String name, AbstractMetricGroup<?> group) {
    String identifier = group.getMetricIdentifier(name);
    int border = identifier.indexOf(BORDER);
    if (border >= 0) {
      metrics.put(identifier.substring(border + BORDER.length()), metric);
    }
  }
}
