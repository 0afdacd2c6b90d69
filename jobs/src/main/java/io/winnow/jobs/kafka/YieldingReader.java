package io.winnow.jobs.kafka;

import io.winnow.jobs.format.SourceRecord;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.core.io.InputStatus;

/**
 * Gives no records until its enumerator lets it. It says that none are available: unlike a wait on
 * the task's thread, that holds up no checkpoint.
 */
@SuppressWarnings("try") // its interface closes with any exception
final class YieldingReader implements SourceReader<SourceRecord, KafkaPartitionSplit> {
  /**
   * What the enumerator tells.
   *
   * @param go whether there may be records
   */
  record Signal(boolean go) implements SourceEvent {}

  private final SourceReader<SourceRecord, KafkaPartitionSplit> reader;
  private CompletableFuture<Void> gate = new CompletableFuture<>();

  YieldingReader(SourceReader<SourceRecord, KafkaPartitionSplit> reader) {
    this.reader = reader;
  }

  @Override
  public void handleSourceEvents(SourceEvent event) {
    if (!(event instanceof Signal signal)) {
      reader.handleSourceEvents(event);
    } else if (signal.go()) {
      gate.complete(null);
    } else if (gate.isDone()) {
      gate = new CompletableFuture<>();
    }
  }

  @Override
  public InputStatus pollNext(ReaderOutput<SourceRecord> output) throws Exception {
    return gate.isDone() ? reader.pollNext(output) : InputStatus.NOTHING_AVAILABLE;
  }

  @Override
  public CompletableFuture<Void> isAvailable() {
    return gate.isDone() ? reader.isAvailable() : gate;
  }

  @Override
  public void start() {
    reader.start();
  }

  @Override
  public void addSplits(List<KafkaPartitionSplit> splits) {
    reader.addSplits(splits);
  }

  @Override
  public void notifyNoMoreSplits() {
    reader.notifyNoMoreSplits();
  }

  @Override
  public List<KafkaPartitionSplit> snapshotState(long checkpointId) {
    return reader.snapshotState(checkpointId);
  }

  @Override
  public void notifyCheckpointComplete(long checkpointId) throws Exception {
    reader.notifyCheckpointComplete(checkpointId);
  }

  @Override
  public void notifyCheckpointAborted(long checkpointId) throws Exception {
    reader.notifyCheckpointAborted(checkpointId);
  }

  @Override
  public void pauseOrResumeSplits(Collection<String> pause, Collection<String> resume) {
    reader.pauseOrResumeSplits(pause, resume);
  }

  @Override
  public void close() throws Exception {
    reader.close();
  }
}
