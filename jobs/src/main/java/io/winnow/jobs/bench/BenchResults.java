package io.winnow.jobs.bench;

import io.winnow.jobs.evaluation.ModelIdentity;
import io.winnow.operators.model.Machine;
import java.util.List;

/**
 * What was measured of a model on a machine.
 *
 * @param cores cores that this process may use
 * @param rounds rounds of each contender
 */
public record BenchResults(
    ModelIdentity model, Machine machine, int cores, int rounds, List<WorkloadResults> workloads) {

  public BenchResults {
    workloads = List.copyOf(workloads);
  }

  /** Returns why contenders did not answer, those of all workloads. */
  public List<String> failures() {
    return workloads.stream().flatMap(workload -> workload.failures().stream()).toList();
  }
}
