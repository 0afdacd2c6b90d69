package io.winnow.jobs;

import io.winnow.jobs.format.OutputRecord;
import io.winnow.operators.flink.TextEvent;
import io.winnow.schemas.EnrichedEvent;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.apache.flink.api.common.functions.Partitioner;
import org.apache.flink.api.java.functions.KeySelector;
import org.apache.flink.streaming.api.datastream.DataStream;

/**
 * Distributes events over subtasks so that those of one key stay in order. An event without a key
 * belongs to no order and goes where its offset sends it.
 */
final class ByKey {
  private ByKey() {}

  static DataStream<TextEvent> distribute(DataStream<TextEvent> events) {
    return events.partitionCustom(
        (Partitioner<Integer>) Math::floorMod, (KeySelector<TextEvent, Integer>) ByKey::hash);
  }

  /**
   * Distributes what is to be written. Flink would deal it out in turn where a vertex is given
   * another parallelism than the one before it, as an autoscaler does.
   */
  static DataStream<OutputRecord> distributeOutput(DataStream<OutputRecord> records) {
    return records.partitionCustom(
        (Partitioner<Integer>) Math::floorMod, (KeySelector<OutputRecord, Integer>) ByKey::hash);
  }

  /** Returns a well-mixed number that depends on the key alone, on every machine. */
  static int hash(TextEvent event) {
    EnrichedEvent record = event.event();
    ByteBuffer key = record.getKey();
    return mixed(key == null ? Long.hashCode(record.getSource().getOffset()) : key.hashCode());
  }

  private static int hash(OutputRecord record) {
    return mixed(Arrays.hashCode(record.key() == null ? record.value() : record.key()));
  }

  private static int mixed(int hash) {
    hash ^= hash >>> 16; // the finalizer of MurmurHash3, for keys that differ in few bits
    hash *= 0x85ebca6b;
    hash ^= hash >>> 13;
    hash *= 0xc2b2ae35;
    return hash ^ (hash >>> 16);
  }
}
