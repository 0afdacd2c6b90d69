package io.winnow.jobs.cli;

import io.winnow.jobs.format.SourceRecord;
import io.winnow.jobs.kafka.ReplayBroker;
import io.winnow.jobs.kafka.TopicReading;
import io.winnow.jobs.kafka.Topics;
import io.winnow.jobs.pipeline.Pipeline;
import io.winnow.jobs.replay.Bounds;
import io.winnow.jobs.replay.PartitionRange;
import io.winnow.jobs.replay.RangeResolver;
import io.winnow.jobs.replay.TopicFacts;
import io.winnow.operators.config.ConfigurationException;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;

/** The dead-letter topic of a pipeline, to be read. */
record LetterTopic(Pipeline pipeline, Topics topics, ReplayBroker broker) {

  /** Returns the offsets that bounds stand for now; empty where nothing is between them. */
  List<PartitionRange> ranges(Bounds bounds)
      throws ConfigurationException, IOException, InterruptedException {
    TopicFacts facts =
        broker.facts(pipeline.deadLetters().topic(), topics.deadLetters().partitions(), bounds);
    try {
      return RangeResolver.ranges(facts, bounds);
    } catch (ConfigurationException e) { // the name of the topic may come from the environment
      throw pipeline.secrets().hidden(e);
    }
  }

  void read(List<PartitionRange> ranges, Consumer<SourceRecord> reader)
      throws IOException, InterruptedException {
    new TopicReading(pipeline, pipeline.deadLetters().topic(), RunVerb.BROKER_PATIENCE)
        .read(ranges, reader);
  }

  /** Returns its name as it may be shown. */
  String shown() {
    return pipeline.secrets().hide(pipeline.deadLetters().topic());
  }
}
