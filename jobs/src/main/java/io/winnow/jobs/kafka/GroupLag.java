package io.winnow.jobs.kafka;

import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;

/** Asks how far a consumer group is behind what is committed. */
record GroupLag(Admin admin, String group) {
  /**
   * Returns the records that the group has still to read, of all its partitions together; empty if
   * it never committed an offset.
   */
  OptionalLong records() throws ExecutionException, InterruptedException {
    Map<TopicPartition, Long> positions = new HashMap<>();
    Map<TopicPartition, OffsetAndMetadata> committed =
        admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get();
    committed.forEach(
        (partition, offset) -> {
          if (offset != null) { // Kafka's client says so of partitions without one
            positions.put(partition, offset.offset());
          }
        });
    if (positions.isEmpty()) {
      return OptionalLong.empty();
    }

    Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
    positions.keySet().forEach(partition -> asked.put(partition, OffsetSpec.latest()));
    Map<TopicPartition, ListOffsetsResultInfo> ends =
        admin.listOffsets(asked, new ListOffsetsOptions(IsolationLevel.READ_COMMITTED)).all().get();
    long lag = 0;
    for (Map.Entry<TopicPartition, ListOffsetsResultInfo> end : ends.entrySet()) {
      lag += Math.max(0, end.getValue().offset() - positions.getOrDefault(end.getKey(), 0L));
    }
    return OptionalLong.of(lag);
  }
}
