package io.winnow.jobs.kafka;

import io.winnow.jobs.replay.Bound;
import io.winnow.jobs.replay.PartitionFacts;
import io.winnow.jobs.replay.Position;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;

/** Asks where records are in the partitions of a topic, of those that are committed. */
record PartitionOffsets(String topic, int partitions, Answer answer, Admin admin) {
  /** Waits for a broker. */
  interface Answer {
    <T> T of(String what, KafkaFuture<T> future) throws IOException, InterruptedException;
  }

  List<PartitionFacts> facts(Bound from, Bound to) throws IOException, InterruptedException {
    Map<TopicPartition, Position> earliest = positions(OffsetSpec.earliest());
    Map<TopicPartition, Position> end = positions(OffsetSpec.latest());
    Map<TopicPartition, Position> first = positions(OffsetSpec.forTimestamp(0));
    Map<TopicPartition, Position> newest = positions(OffsetSpec.maxTimestamp());
    Map<TopicPartition, Position> start = positions(from);
    Map<TopicPartition, Position> stop = positions(to);
    List<PartitionFacts> facts = new ArrayList<>();
    for (int i = 0; i < partitions; i++) {
      TopicPartition partition = new TopicPartition(topic, i);
      facts.add(
          new PartitionFacts(
              i,
              of(earliest, partition).offset(),
              of(end, partition).offset(),
              of(first, partition),
              of(newest, partition),
              of(start, partition),
              of(stop, partition)));
    }
    return facts;
  }

  private static Position of(Map<TopicPartition, Position> positions, TopicPartition partition) {
    return positions.getOrDefault(partition, Position.NONE);
  }

  private Map<TopicPartition, Position> positions(Bound bound)
      throws IOException, InterruptedException {
    return bound instanceof Bound.At at
        ? positions(OffsetSpec.forTimestamp(at.instant().toEpochMilli()))
        : Map.of();
  }

  private Map<TopicPartition, Position> positions(OffsetSpec spec)
      throws IOException, InterruptedException {
    Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
    for (int i = 0; i < partitions; i++) {
      asked.put(new TopicPartition(topic, i), spec);
    }
    ListOffsetsOptions committed = new ListOffsetsOptions(IsolationLevel.READ_COMMITTED);
    Map<TopicPartition, ListOffsetsResultInfo> found =
        answer.of("tell the offsets of " + topic, admin.listOffsets(asked, committed).all());
    Map<TopicPartition, Position> positions = new HashMap<>();
    found.forEach(
        (partition, info) ->
            positions.put(partition, new Position(info.offset(), info.timestamp())));
    return positions;
  }
}
