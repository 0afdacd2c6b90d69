package io.winnow.jobs.kafka;

import io.winnow.jobs.replay.Yielding;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.Properties;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.connector.kafka.source.enumerator.KafkaSourceEnumState;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.kafka.clients.admin.Admin;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks now and then how far a consumer group is behind, and stops or starts the readers. */
final class YieldingEnumerator
    implements SplitEnumerator<KafkaPartitionSplit, KafkaSourceEnumState> {
  private static final Logger LOGGER = LoggerFactory.getLogger(YieldingEnumerator.class);
  private static final Duration EVERY = Duration.ofSeconds(1);

  private final SplitEnumerator<KafkaPartitionSplit, KafkaSourceEnumState> enumerator;
  private final SplitEnumeratorContext<KafkaPartitionSplit> context;
  private final Yielding yielding;
  private final Admin admin;
  private boolean go; // not before the first answer

  YieldingEnumerator(
      SplitEnumerator<KafkaPartitionSplit, KafkaSourceEnumState> enumerator,
      SplitEnumeratorContext<KafkaPartitionSplit> context,
      Yielding yielding,
      Properties clients) {
    this.enumerator = enumerator;
    this.context = context;
    this.yielding = yielding;
    this.admin = Admin.create(clients);
  }

  @Override
  public void start() {
    enumerator.start();
    GroupLag lag = new GroupLag(admin, yielding.group());
    context.callAsync(lag::records, this::told, 0, EVERY.toMillis());
  }

  /** Without an answer what was said last holds. */
  private void told(@Nullable OptionalLong lag, @Nullable Throwable failure) {
    if (lag == null || failure != null) {
      LOGGER.warn("How far group {} is behind cannot be asked", yielding.group(), failure);
      return;
    }
    // A group whose offsets were deleted is behind nothing that could be told.
    boolean may = lag.orElse(0) <= yielding.maxLag();
    if (may != go) {
      go = may;
      LOGGER.info(
          "Group {} is {} records behind, of {} that it may be: the replay {}",
          yielding.group(),
          lag.orElse(0),
          yielding.maxLag(),
          may ? "goes on" : "waits");
      context.registeredReaders().keySet().forEach(this::tell);
    }
  }

  private void tell(int subtask) {
    context.sendEventToSourceReader(subtask, new YieldingReader.Signal(go));
  }

  @Override
  public void addReader(int subtask) {
    enumerator.addReader(subtask);
    tell(subtask);
  }

  @Override
  public void handleSplitRequest(int subtask, @Nullable String host) {
    enumerator.handleSplitRequest(subtask, host);
  }

  @Override
  public void handleSourceEvent(int subtask, SourceEvent event) {
    enumerator.handleSourceEvent(subtask, event);
  }

  @Override
  public void addSplitsBack(List<KafkaPartitionSplit> splits, int subtask) {
    enumerator.addSplitsBack(splits, subtask);
  }

  @Override
  public KafkaSourceEnumState snapshotState(long checkpointId) throws Exception {
    return enumerator.snapshotState(checkpointId);
  }

  @Override
  public void notifyCheckpointComplete(long checkpointId) throws Exception {
    enumerator.notifyCheckpointComplete(checkpointId);
  }

  @Override
  public void notifyCheckpointAborted(long checkpointId) throws Exception {
    enumerator.notifyCheckpointAborted(checkpointId);
  }

  @Override
  public void close() throws IOException {
    admin.close(Duration.ZERO);
    enumerator.close();
  }
}
