package io.winnow.jobs.cli;

import io.winnow.jobs.kafka.ReplayBroker;
import io.winnow.jobs.kafka.TopicCheck;
import io.winnow.jobs.kafka.Topics;
import io.winnow.jobs.pipeline.Pipeline;
import io.winnow.jobs.pipeline.ReplaySink;
import io.winnow.jobs.replay.Bounds;
import io.winnow.jobs.replay.PipelineDigest;
import io.winnow.jobs.replay.RangeResolver;
import io.winnow.jobs.replay.ReplayOptions;
import io.winnow.jobs.replay.ReplayPlan;
import io.winnow.jobs.replay.ReplayRange;
import io.winnow.jobs.replay.TopicFacts;
import io.winnow.jobs.replay.Yielding;
import io.winnow.operators.config.ConfigurationException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Plans a replay: asks the brokers once where its range begins and ends.
 *
 * @param file the pipeline file
 * @param place where it runs
 */
record ReplayPlanner(Path file, ReplayOptions options, Instant now, ReplayPlace place) {
  private static final Duration PATIENCE = RunVerb.BROKER_PATIENCE;

  /**
   * A plan and what it was made from.
   *
   * @param pipeline as the replay runs it
   * @param warnings what a user should know before it starts
   */
  record Planned(Pipeline pipeline, Topics topics, ReplayPlan plan, List<String> warnings) {}

  /** The topic that is read. */
  private record Input(String topic, int partitions) {}

  /**
   * Returns the plan.
   *
   * @param checked the pipeline of the file
   * @param creation whether the topic of {@code --to-topic} is made
   */
  Planned plan(Pipeline checked, TopicCreation creation)
      throws ConfigurationException, IOException, InterruptedException {
    Bounds bounds = Bounds.read(options.from(), options.to(), now);
    Pipeline pipeline = ReplaySink.of(checked, options.toTopic());
    boolean asIs = creation == TopicCreation.NONE;
    Topics topics = OnlineCheck.of(asIs ? pipeline : ReplaySink.of(checked, null), PATIENCE);
    Input input = input(checked, topics);
    try (ReplayBroker broker = ReplayBroker.connect(checked, PATIENCE)) {
      TopicFacts facts = broker.facts(input.topic(), input.partitions(), bounds);
      requireOrder(pipeline, facts);
      ReplayRange range = range(pipeline, facts, bounds);
      checkGroup(broker);
      if (creation == TopicCreation.NOW) {
        broker.createTopic(pipeline.sink().topic(), input.topic(), input.partitions());
        topics = OnlineCheck.of(pipeline, PATIENCE);
      }
      List<String> warnings = RangeResolver.warnings(facts, bounds.from());
      warnings.addAll(idleness(pipeline, range));
      if (creation != TopicCreation.LATER) {
        warnings.addAll(disorder(pipeline, topics, input));
        warnings.addAll(retention(broker, pipeline, range));
      }
      String digest = PipelineDigest.of(file, checked);
      return new Planned(pipeline, topics, plan(pipeline, topics, range, digest), warnings);
    }
  }

  private Input input(Pipeline checked, Topics topics)
      throws ConfigurationException, InterruptedException {
    if (!options.onlyStale()) {
      return new Input(checked.source().topic(), topics.sourcePartitions());
    }
    String topic = checked.sink().topic();
    Map<String, Integer> partitions =
        TopicCheck.partitions(checked, Map.of("sink.topic", topic), PATIENCE);
    return new Input(topic, Objects.requireNonNull(partitions.get("sink.topic")));
  }

  /** Compaction would keep what comes last: an old event, in place of a newer one of its key. */
  private void requireOrder(Pipeline pipeline, TopicFacts facts) throws ConfigurationException {
    if (options.onlyStale() && facts.compacted() && pipeline.sink().topic().equals(facts.topic())) {
      throw new ConfigurationException(
          pipeline
              .secrets()
              .hide(
                  "--only-stale: expected a topic that is not compacted, but '%s' is: of each key it would keep the event that is enriched again in place of a newer one; write to another topic with --to-topic"
                      .formatted(facts.topic())));
    }
  }

  private void checkGroup(ReplayBroker broker)
      throws ConfigurationException, IOException, InterruptedException {
    Yielding yielding = options.yielding();
    if (yielding != null && broker.lag(yielding.group()).isEmpty()) {
      throw new ConfigurationException(
          "--yield-to: expected a consumer group that has committed offsets, found none of '%s'; a live job's group is the name of its pipeline"
              .formatted(yielding.group()));
    }
  }

  /** The name of the topic may come from the environment. */
  private static ReplayRange range(Pipeline pipeline, TopicFacts facts, Bounds bounds)
      throws ConfigurationException {
    try {
      return RangeResolver.resolve(facts, bounds);
    } catch (ConfigurationException e) {
      throw pipeline.secrets().hidden(e);
    }
  }

  private ReplayPlan plan(Pipeline pipeline, Topics topics, ReplayRange range, String digest)
      throws ConfigurationException {
    return new ReplayPlan(
        place.id(pipeline.name(), options),
        pipeline.name(),
        file.toAbsolutePath().toString(),
        digest,
        topics.clusterId(),
        range,
        options,
        pipeline.fingerprints());
  }

  /** A partition is worked on by one subtask, for the sake of its order. */
  private List<String> idleness(Pipeline pipeline, ReplayRange range) {
    Integer asked = options.parallelism();
    int cores = place.defaultParallelism();
    int most =
        asked != null
            ? asked
            : pipeline.enrichments().stream()
                .mapToInt(e -> e.parallelism() == null ? cores : e.parallelism())
                .max()
                .orElse(cores);
    int partitions = range.partitions().size();
    return most <= partitions
        ? List.of()
        : List.of(
            "a replay works on each partition with one subtask: of %d subtasks, %d have nothing to do"
                .formatted(most, most - partitions));
  }

  private static List<String> disorder(Pipeline pipeline, Topics topics, Input input) {
    int partitions = topics.sink().partitions();
    return partitions == input.partitions()
        ? List.of()
        : List.of(
            "topic '%s' has %d partitions and topic '%s' has %d: records go where their key sends them, and records of its different partitions mix in any order"
                .formatted(pipeline.sink().topic(), partitions, input.topic(), input.partitions()));
  }

  private List<String> retention(ReplayBroker broker, Pipeline pipeline, ReplayRange range)
      throws InterruptedException {
    List<String> warnings = new ArrayList<>();
    if (range.first() != null) {
      Duration age = Duration.between(Instant.parse(range.first()), now);
      for (String topic : List.of(pipeline.sink().topic(), pipeline.deadLetters().topic())) {
        broker
            .retention(topic)
            .filter(kept -> age.compareTo(kept) > 0)
            .map(kept -> retention(topic, kept, age))
            .ifPresent(warnings::add);
      }
    }
    return warnings;
  }

  private static String retention(String topic, Duration kept, Duration age) {
    return "topic '%s' keeps records for %d h (retention.ms), and the range begins %d h ago: the broker may soon delete what is written with the timestamps of the source"
        .formatted(topic, kept.toHours(), age.toHours());
  }
}
