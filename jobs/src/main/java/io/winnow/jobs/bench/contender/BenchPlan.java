package io.winnow.jobs.bench.contender;

import io.winnow.jobs.bench.ContenderKind;
import io.winnow.jobs.bench.WorkloadKind;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * What is to be measured.
 *
 * @param bundle folder of the model
 * @param workloads in any order
 * @param contenders in any order
 * @param own file of the texts of {@link WorkloadKind#OWN}
 * @param rounds rounds of each contender
 * @param roundTime about how long a round takes
 * @param cores cores that are used
 */
public record BenchPlan(
    Path bundle,
    Set<WorkloadKind> workloads,
    Set<ContenderKind> contenders,
    Optional<Path> own,
    int rounds,
    Duration roundTime,
    int cores) {

  public BenchPlan {
    workloads = Set.copyOf(workloads);
    contenders = Set.copyOf(contenders);
    if (workloads.contains(WorkloadKind.OWN) && own.isEmpty()) {
      throw new IllegalArgumentException("The workload own needs a file of texts");
    }
  }

  /** Returns how often {@link Bench#run} tells of progress. */
  public int steps() {
    return workloads.size() * contenders.size() * (rounds + 1);
  }
}
