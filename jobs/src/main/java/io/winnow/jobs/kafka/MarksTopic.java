package io.winnow.jobs.kafka;

import io.winnow.jobs.pipeline.Pipeline;
import io.winnow.jobs.redrive.Marks;
import io.winnow.jobs.replay.PartitionFacts;
import io.winnow.jobs.replay.PartitionRange;
import io.winnow.jobs.replay.TopicFacts;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/**
 * The topic beside the dead letters that keeps which of them were sent back.
 *
 * @param patience how long an answer may take
 */
public record MarksTopic(Pipeline pipeline, ReplayBroker broker, Duration patience) {
  private static final String SUFFIX = ".redriven";

  static String name(Pipeline pipeline) {
    return pipeline.deadLetters().topic() + SUFFIX;
  }

  /** Creates the topic where it is missing. */
  public void create() throws IOException, InterruptedException {
    if (!broker.hasTopic(name(pipeline))) {
      broker.createCompactedTopic(name(pipeline));
    }
  }

  /**
   * Returns what it holds: nothing where there is no such topic.
   *
   * @param warnings told where the broker may forget what it holds
   */
  public Marks read(Consumer<String> warnings) throws IOException, InterruptedException {
    Marks marks = new Marks();
    String topic = name(pipeline);
    if (broker.hasTopic(topic)) {
      TopicFacts facts = broker.facts(topic);
      if (!facts.compacted()) {
        warnings.accept(
            "topic '%s' is not known to be compacted (cleanup.policy=compact): what retention takes from it would be sent again"
                .formatted(topic));
      }
      new TopicReading(pipeline, topic, patience).read(ranges(facts), marks::add);
    }
    return marks;
  }

  private static List<PartitionRange> ranges(TopicFacts facts) {
    return facts.partitions().stream()
        .filter(partition -> partition.earliest() < partition.end())
        .map(MarksTopic::range)
        .toList();
  }

  private static PartitionRange range(PartitionFacts partition) {
    return new PartitionRange(partition.partition(), partition.earliest(), partition.end());
  }
}
