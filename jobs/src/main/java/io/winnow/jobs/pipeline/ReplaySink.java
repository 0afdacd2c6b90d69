package io.winnow.jobs.pipeline;

import io.winnow.operators.config.ConfigurationException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where a replay of a pipeline writes its enriched events; always exactly once. */
public final class ReplaySink {
  private ReplaySink() {}

  /**
   * Returns the pipeline as a replay runs it.
   *
   * @param topic topic of the enriched events; null for the pipeline's
   * @throws ConfigurationException if it cannot write there
   */
  public static Pipeline of(Pipeline pipeline, @Nullable String topic)
      throws ConfigurationException {
    List<String> problems = new ArrayList<>();
    if (topic != null) {
      check(pipeline, topic, problems);
    }
    if (pipeline.transactionTimeout().compareTo(pipeline.checkpointInterval()) <= 0) {
      problems.add(
          "checkpoint-interval: expected less than transaction-timeout, since a replay writes exactly once");
    }
    if (!problems.isEmpty()) {
      throw new ConfigurationException(problems);
    }
    SinkOptions sink = pipeline.sink();
    return pipeline.withSink(
        new SinkOptions(
            topic == null ? sink.topic() : topic, sink.format(), Delivery.EXACTLY_ONCE));
  }

  private static void check(Pipeline pipeline, String topic, List<String> problems) {
    if (!topic.matches(Kinds.TOPIC_PATTERN)) {
      problems.add(
          "--to-topic: expected a topic name of at most 249 letters, digits, '.', '_' and '-', found '%s'"
              .formatted(topic));
    } else if (topic.equals(pipeline.source().topic())) {
      problems.add("--to-topic: expected another topic than source.topic, found " + topic);
    } else if (topic.equals(pipeline.deadLetters().topic())) {
      problems.add("--to-topic: expected another topic than dead-letters.topic, found " + topic);
    }
  }
}
