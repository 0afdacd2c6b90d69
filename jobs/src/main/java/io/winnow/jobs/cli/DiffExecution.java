package io.winnow.jobs.cli;

import io.winnow.jobs.diff.HeadDiff;
import io.winnow.jobs.diff.SideCounts;
import io.winnow.jobs.diff.TopicDiff;
import io.winnow.jobs.diff.TopicJoin;
import io.winnow.jobs.display.DiffWords;
import io.winnow.jobs.display.Progress;
import io.winnow.jobs.format.EnrichedReader;
import io.winnow.jobs.kafka.CommittedRecords;
import io.winnow.jobs.kafka.ReplayBroker;
import io.winnow.jobs.kafka.TopicCheck;
import io.winnow.jobs.pipeline.Pipeline;
import io.winnow.jobs.replay.Bounds;
import io.winnow.jobs.replay.RangeResolver;
import io.winnow.jobs.replay.ReplayRange;
import io.winnow.jobs.replay.TopicFacts;
import io.winnow.operators.config.ConfigurationException;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * Compares two topics of a pipeline's brokers.
 *
 * @param bounds of both topics; no offsets, which two topics do not have in common
 * @param warnings takes what a user should know besides the result
 */
record DiffExecution(Pipeline pipeline, Bounds bounds, Consumer<String> warnings) {
  private static final Duration BROKER_PATIENCE = RunVerb.BROKER_PATIENCE;
  private static final Duration RECORD_PATIENCE = Duration.ofMinutes(1);
  private static final String SOURCE = "source.topic";

  TopicDiff run(String topicOfA, String topicOfB)
      throws ConfigurationException, IOException, InterruptedException {
    String source = pipeline.source().topic();
    Map<String, Integer> partitions =
        TopicCheck.partitions(
            pipeline,
            Map.of("TOPIC_A", topicOfA, "TOPIC_B", topicOfB, SOURCE, source),
            BROKER_PATIENCE);
    ReplayRange rangeOfA;
    ReplayRange rangeOfB;
    try (ReplayBroker broker = ReplayBroker.connect(pipeline, BROKER_PATIENCE)) {
      rangeOfA = range(broker, topicOfA, count(partitions, "TOPIC_A"));
      rangeOfB = range(broker, topicOfB, count(partitions, "TOPIC_B"));
    }
    try (CommittedRecords a = records(rangeOfA, count(partitions, "TOPIC_A"));
        CommittedRecords b = records(rangeOfB, count(partitions, "TOPIC_B"));
        Progress progress = Progress.of("Reading", a.offsets() + b.offsets())) {
      TopicJoin join = new TopicJoin(a, b, new EnrichedReader(pipeline), progress::step);
      TopicDiff diff = join.run(source, count(partitions, SOURCE));
      requireJoined(diff);
      warn(diff);
      return diff;
    }
  }

  private static int count(Map<String, Integer> partitions, String place) {
    return Objects.requireNonNull(partitions.get(place));
  }

  private ReplayRange range(ReplayBroker broker, String topic, int partitions)
      throws ConfigurationException, IOException, InterruptedException {
    TopicFacts facts = broker.facts(topic, partitions, bounds);
    RangeResolver.warnings(facts, bounds.from()).forEach(warnings);
    return RangeResolver.resolve(facts, bounds);
  }

  private CommittedRecords records(ReplayRange range, int partitions) throws IOException {
    return new CommittedRecords(pipeline, range, partitions, RECORD_PATIENCE);
  }

  private static void requireJoined(TopicDiff diff) throws ConfigurationException {
    if (diff.joined() == 0) {
      throw new ConfigurationException(
          "Expected records of the same source positions in both topics, found none: '%s' has alone %s, and '%s' %s"
              .formatted(
                  diff.a().topic(),
                  DiffWords.of(diff.a()),
                  diff.b().topic(),
                  DiffWords.of(diff.b())));
    }
  }

  private void warn(TopicDiff diff) {
    warn(diff.a());
    warn(diff.b());
    for (HeadDiff head : diff.heads()) {
      warn(head, diff.a().topic(), head.othersOfA());
      warn(head, diff.b().topic(), head.othersOfB());
    }
  }

  private void warn(SideCounts side) {
    side.unreadable().sentences(side.topic()).forEach(warnings);
    if (side.late() > 0) {
      warnings.accept(
          "topic '%s' has %d records so far out of order that their partners were not kept; compare a shorter range with --from and --to"
              .formatted(side.topic(), side.late()));
    }
  }

  private void warn(HeadDiff head, String topic, long others) {
    if (others > 0) {
      warnings.accept(
          "topic '%s' has answers of %s from several models; compare a range of one with --from and --to"
              .formatted(topic, head.name().title()));
    }
  }
}
