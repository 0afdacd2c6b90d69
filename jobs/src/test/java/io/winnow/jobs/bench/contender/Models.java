package io.winnow.jobs.bench.contender;

import io.winnow.jobs.bench.ContenderKind;
import io.winnow.jobs.bench.WorkloadKind;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;

/** Tiny models, and plans to measure them. */
final class Models {
  private static final Path FOLDER = Path.of("../operators/src/test/resources/parity");

  private static final Path SHIPPED = Path.of("../deploy/models/support");

  private Models() {}

  /** Returns the folder of the shipped model, which takes some time for its answers. */
  static Path shipped() {
    return SHIPPED.toAbsolutePath().normalize();
  }

  /** Returns the folder of a tiny model. */
  static Path folder(String name) {
    return FOLDER.resolve(name).toAbsolutePath().normalize();
  }

  /** Returns a plan of short rounds on two cores. */
  static BenchPlan plan(Path model, WorkloadKind workload, ContenderKind... contenders) {
    EnumSet<ContenderKind> kinds = EnumSet.noneOf(ContenderKind.class);
    kinds.addAll(List.of(contenders));
    return new BenchPlan(
        model, EnumSet.of(workload), kinds, Optional.empty(), 2, Duration.ofMillis(50), 2);
  }
}
