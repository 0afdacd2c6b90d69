package io.winnow.jobs.kafka;

import io.winnow.jobs.format.SourceRecord;
import io.winnow.jobs.pipeline.Pipeline;
import io.winnow.jobs.pipeline.Start;
import io.winnow.jobs.replay.PartitionRange;
import io.winnow.jobs.replay.ReplayPlan;
import io.winnow.jobs.replay.Yielding;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.KafkaSourceBuilder;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;
import org.apache.kafka.common.TopicPartition;

/** Reads the source topic of a pipeline, committed records only. */
public final class Sources {
  private Sources() {}

  /** Returns a source that goes on for ever. */
  public static KafkaSource<SourceRecord> of(Pipeline pipeline) {
    return builder(pipeline, pipeline.name())
        .setTopics(pipeline.source().topic())
        .setStartingOffsets(new FromEarliestWhenGone(offsets(pipeline.source().start())))
        .build();
  }

  /** Returns a source of the range of a replay, which ends behind it. */
  public static Source<SourceRecord, ?, ?> of(Pipeline pipeline, ReplayPlan plan) {
    RangeSource source =
        of(pipeline, plan.consumerGroup(), plan.range().topic(), plan.range().partitions());
    Yielding yielding = plan.options().yielding();
    return yielding == null
        ? source
        : new YieldingSource(source, yielding, KafkaClients.properties(pipeline));
  }

  /** Returns a source of ranges of a topic, which ends behind them. */
  @SuppressWarnings("deprecation") // Flink's connector asks for this enum
  public static RangeSource of(
      Pipeline pipeline, String group, String topic, List<PartitionRange> ranges) {
    Map<TopicPartition, Long> from = new HashMap<>();
    Map<TopicPartition, Long> to = new HashMap<>();
    for (PartitionRange range : ranges) {
      TopicPartition partition = new TopicPartition(topic, range.partition());
      from.put(partition, range.from());
      to.put(partition, range.to());
    }
    return new RangeSource(
        builder(pipeline, group)
            .setPartitions(Set.copyOf(from.keySet())) // a set that can be serialized
            // A range that retention takes meanwhile is no range any more: that must be an error.
            .setStartingOffsets(OffsetsInitializer.offsets(from, OffsetResetStrategy.NONE))
            .setBounded(OffsetsInitializer.offsets(to, OffsetResetStrategy.NONE))
            .build());
  }

  private static KafkaSourceBuilder<SourceRecord> builder(Pipeline pipeline, String group) {
    return KafkaSource.<SourceRecord>builder()
        .setProperties(KafkaClients.properties(pipeline))
        .setGroupId(group)
        .setClientIdPrefix("winnow-" + group)
        .setProperty(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed")
        .setDeserializer(new SourceRecordDeserializer());
  }

  @SuppressWarnings("deprecation") // Flink's connector asks for this enum
  private static OffsetsInitializer offsets(Start start) {
    if (start instanceof Start.At at) {
      return OffsetsInitializer.timestamp(at.instant().toEpochMilli());
    }
    if (start instanceof Start.Latest) {
      return OffsetsInitializer.latest();
    }
    return start instanceof Start.Earliest
        ? OffsetsInitializer.earliest()
        : OffsetsInitializer.committedOffsets(OffsetResetStrategy.EARLIEST);
  }
}
