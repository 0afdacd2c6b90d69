package io.winnow.jobs.cli;

import io.winnow.jobs.display.Progress;
import io.winnow.jobs.kafka.TopicReading;
import io.winnow.jobs.pipeline.Pipeline;
import io.winnow.jobs.replay.ReplayPlan;
import io.winnow.jobs.replay.ReplayRange;
import io.winnow.jobs.stale.StaleCounts;
import io.winnow.jobs.stale.StaleSelection;
import io.winnow.operators.config.ConfigurationException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Reads the range of a replay of stale events, to find them. */
final class StaleScan {
  private static final Duration RECORD_PATIENCE = Duration.ofMinutes(1);

  private StaleScan() {}

  /**
   * Returns the stale events; of the same range these are always the same ones.
   *
   * @param warnings takes what a user should know besides
   * @return empty where a replay takes all records
   * @throws ConfigurationException if the topic holds nothing that could be enriched again
   */
  static Optional<StaleSelection> of(Pipeline pipeline, ReplayPlan plan, Consumer<String> warnings)
      throws ConfigurationException, IOException, InterruptedException {
    if (!plan.options().onlyStale()) {
      return Optional.empty();
    }
    ReplayRange range = plan.range();
    StaleSelection selection = new StaleSelection(pipeline);
    try (Progress progress = Progress.of("Looking for stale events", range.offsets())) {
      new TopicReading(pipeline, range.topic(), RECORD_PATIENCE)
          .read(
              range.partitions(),
              record -> {
                selection.add(record);
                progress.step();
              });
    }
    check(pipeline, range.topic(), selection.counts(), warnings);
    return Optional.of(selection);
  }

  private static void check(
      Pipeline pipeline, String topic, StaleCounts counts, Consumer<String> warnings)
      throws ConfigurationException {
    List<String> unread =
        counts.unreadable().sentences(topic).stream().map(pipeline.secrets()::hide).toList();
    if (counts.unreadable().sum() > 0 && counts.unreadable().sum() == counts.records()) {
      throw new ConfigurationException(unread);
    }
    unread.forEach(warnings);
    if (counts.others() > 0) {
      warnings.accept(
          "%d enriched events in the range are of other topics than '%s', and stay"
              .formatted(counts.others(), pipeline.secrets().hide(pipeline.source().topic())));
    }
  }
}
