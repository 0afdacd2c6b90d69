package io.winnow.jobs;

import io.winnow.jobs.kafka.ReplayBroker;
import io.winnow.jobs.pipeline.Pipeline;
import io.winnow.jobs.replay.Bounds;
import io.winnow.jobs.replay.RangeResolver;
import io.winnow.jobs.replay.ReplayOptions;
import io.winnow.jobs.replay.ReplayPlan;
import io.winnow.jobs.replay.ReplayRange;
import java.time.Duration;
import java.util.Map;

/** Plans of replays that are built without the verb. */
final class ReplayPlans {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private ReplayPlans() {}

  /** Returns the plan of a replay of all that a pipeline's topic holds now. */
  static ReplayPlan ofAll(Pipeline pipeline, int partitions, ReplayOptions options)
      throws Exception {
    ReplayRange range;
    try (ReplayBroker asked = ReplayBroker.connect(pipeline, PATIENCE)) {
      range =
          RangeResolver.resolve(
              asked.facts(pipeline.source().topic(), partitions, Bounds.ALL), Bounds.ALL);
    }
    return new ReplayPlan(
        "20260131-120000-" + pipeline.name(),
        pipeline.name(),
        "test.yaml",
        "digest",
        "cluster",
        range,
        options,
        Map.of());
  }
}
