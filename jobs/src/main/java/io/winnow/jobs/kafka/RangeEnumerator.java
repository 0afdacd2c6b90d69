package io.winnow.jobs.kafka;

import io.winnow.jobs.replay.PartitionRange;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.connector.kafka.source.enumerator.KafkaSourceEnumState;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Hands out the partitions of a range after a restart: readers have those that they had, get what
 * is left, and end behind them, as there will be no more.
 */
final class RangeEnumerator implements SplitEnumerator<KafkaPartitionSplit, KafkaSourceEnumState> {
  private final SplitEnumeratorContext<KafkaPartitionSplit> context;
  private final Map<TopicPartition, KafkaPartitionSplit> assigned = new HashMap<>();
  private final Map<TopicPartition, KafkaPartitionSplit> waiting = new HashMap<>();

  RangeEnumerator(SplitEnumeratorContext<KafkaPartitionSplit> context, KafkaSourceEnumState state) {
    this.context = context;
    state.assignedSplits().forEach(split -> assigned.put(split.getTopicPartition(), split));
    state.unassignedSplits().forEach(split -> waiting.put(split.getTopicPartition(), split));
  }

  @Override
  public void start() {
    // the partitions are known
  }

  @Override
  public void addReader(int subtask) {
    List<KafkaPartitionSplit> own =
        waiting.values().stream().filter(split -> owner(split) == subtask).toList();
    for (KafkaPartitionSplit split : own) {
      context.assignSplit(split, subtask);
      waiting.remove(split.getTopicPartition());
      assigned.put(split.getTopicPartition(), split);
    }
    context.signalNoMoreSplits(subtask);
  }

  private int owner(KafkaPartitionSplit split) {
    return PartitionRange.subtask(split.getPartition(), context.currentParallelism());
  }

  /** Of a subtask that failed before a checkpoint had them; it registers again. */
  @Override
  public void addSplitsBack(List<KafkaPartitionSplit> splits, int subtask) {
    for (KafkaPartitionSplit split : splits) {
      assigned.remove(split.getTopicPartition());
      waiting.put(split.getTopicPartition(), split);
    }
  }

  @Override
  public void handleSplitRequest(int subtask, @Nullable String host) {
    // readers wait for what they are given
  }

  @Override
  public KafkaSourceEnumState snapshotState(long checkpointId) {
    return new KafkaSourceEnumState(
        new ArrayList<>(assigned.values()), new ArrayList<>(waiting.values()), true);
  }

  @Override
  public void close() {
    // nothing is open
  }
}
