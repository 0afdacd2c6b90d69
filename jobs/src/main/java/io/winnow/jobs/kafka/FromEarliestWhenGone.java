package io.winnow.jobs.kafka;

import java.util.Collection;
import java.util.Map;
import java.util.Properties;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializerValidator;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;
import org.apache.kafka.common.TopicPartition;

/**
 * Start offsets that are another's, but for a position that retention has taken: there reading goes
 * on with the first record that is left. Flink would jump to the end for most of its own.
 */
record FromEarliestWhenGone(OffsetsInitializer start)
    implements OffsetsInitializer, OffsetsInitializerValidator {
  @Override
  public Map<TopicPartition, Long> getPartitionOffsets(
      Collection<TopicPartition> partitions, PartitionOffsetsRetriever offsets) {
    return start.getPartitionOffsets(partitions, offsets);
  }

  @Override
  @SuppressWarnings("deprecation") // as the interface has it
  public OffsetResetStrategy getAutoOffsetResetStrategy() {
    return OffsetResetStrategy.EARLIEST;
  }

  @Override
  public void validate(Properties properties) {
    if (start instanceof OffsetsInitializerValidator validator) {
      validator.validate(properties);
    }
  }
}
