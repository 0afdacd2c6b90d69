package io.winnow.jobs.kafka;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/** What was found out about a topic that is written to. */
public record OutputTopic(int partitions, TopicLimits limits) implements Serializable {
  OutputTopic less(int bytes) {
    return new OutputTopic(partitions, limits.less(bytes));
  }

  /**
   * Returns where a record goes that was read from a partition: to the same one where both topics
   * have as many, so that one order stays one order. Null leaves it to the producer.
   */
  @Nullable Integer partition(int sourcePartition, int sourcePartitions) {
    boolean same = partitions == sourcePartitions && sourcePartition < partitions;
    return same ? sourcePartition : null; // the source may have grown since they were counted
  }
}
