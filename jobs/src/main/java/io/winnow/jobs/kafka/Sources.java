package io.winnow.jobs.kafka;

import io.winnow.jobs.format.SourceRecord;
import io.winnow.jobs.pipeline.Pipeline;
import io.winnow.jobs.pipeline.Start;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;

/** Reads the source topic of a pipeline, committed records only. */
public final class Sources {
  private Sources() {}

  public static KafkaSource<SourceRecord> of(Pipeline pipeline) {
    return KafkaSource.<SourceRecord>builder()
        .setProperties(KafkaClients.properties(pipeline))
        .setTopics(pipeline.source().topic())
        .setGroupId(pipeline.name())
        .setClientIdPrefix("winnow-" + pipeline.name())
        .setProperty(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed")
        .setStartingOffsets(new FromEarliestWhenGone(offsets(pipeline.source().start())))
        .setDeserializer(new SourceRecordDeserializer())
        .build();
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
