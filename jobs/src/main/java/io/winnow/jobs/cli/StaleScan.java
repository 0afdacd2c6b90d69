package io.winnow.jobs.cli;

import io.winnow.jobs.display.Progress;
import io.winnow.jobs.kafka.ReplayBroker;
import io.winnow.jobs.kafka.TopicReading;
import io.winnow.jobs.pipeline.Pipeline;
import io.winnow.jobs.replay.PartitionFacts;
import io.winnow.jobs.replay.PartitionRange;
import io.winnow.jobs.replay.ReplayPlan;
import io.winnow.jobs.replay.ReplayRange;
import io.winnow.jobs.replay.TopicFacts;
import io.winnow.jobs.stale.StaleCounts;
import io.winnow.jobs.stale.StaleSelection;
import io.winnow.operators.config.ConfigurationException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Reads the range of a replay of stale events, to find them. */
final class StaleScan {
  private static final Duration RECORD_PATIENCE = Duration.ofMinutes(1);

  private StaleScan() {}

  /**
   * Returns the stale events. Those that are enriched meanwhile are none any more, so a replay that
   * goes on finds what it has still to do.
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
    StaleSelection selection = new StaleSelection(pipeline, range.partitions());
    List<PartitionRange> searched = toTheEnd(pipeline, range);
    long offsets = searched.stream().mapToLong(PartitionRange::offsets).sum();
    try (Progress progress = Progress.of("Looking for stale events", offsets)) {
      new TopicReading(pipeline, range.topic(), RECORD_PATIENCE)
          .read(
              searched,
              record -> {
                selection.add(record);
                progress.step();
              });
    }
    check(pipeline, range.topic(), selection.counts(), warnings);
    return Optional.of(selection);
  }

  /**
   * Behind the range lies what was enriched again, and in any partition: where topics have other
   * numbers of partitions, its key sends it there.
   */
  private static List<PartitionRange> toTheEnd(Pipeline pipeline, ReplayRange range)
      throws IOException, InterruptedException {
    TopicFacts facts;
    try (ReplayBroker broker = ReplayBroker.connect(pipeline, RunVerb.BROKER_PATIENCE)) {
      facts = broker.facts(range.topic());
    }
    Map<Integer, Long> starts = new HashMap<>();
    range.partitions().forEach(one -> starts.put(one.partition(), one.from()));
    List<PartitionRange> searched = new ArrayList<>();
    for (PartitionFacts now : facts.partitions()) {
      // Retention may have taken what a replay that goes on has read already.
      long start = Math.max(starts.getOrDefault(now.partition(), 0L), now.earliest());
      if (start < now.end()) {
        searched.add(new PartitionRange(now.partition(), start, now.end()));
      }
    }
    return searched;
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
          "%d enriched events in the range are of other topics than '%s', or have no enrichment of a name that the pipeline has: they stay"
              .formatted(counts.others(), pipeline.secrets().hide(pipeline.source().topic())));
    }
  }
}
