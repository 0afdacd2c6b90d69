package io.winnow.jobs.tally;

import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;
import org.apache.flink.util.function.SerializableFunction;

/**
 * Passes elements on and sends what it counted aside, now and then and before each barrier: so it
 * keeps no state, which Flink would drop with the first subtask that is finished.
 */
final class TallyOperator<T> extends AbstractStreamOperator<T>
    implements OneInputStreamOperator<T, T> {
  static final long FLUSH_MILLIS = 200;
  private static final long serialVersionUID = 1L;

  private final SerializableFunction<T, Tallies> counting;
  private final OutputTag<Tallies> counted;

  private transient long dueMillis;
  private transient Tallies pending = Tallies.NONE;

  TallyOperator(
      StreamOperatorParameters<T> parameters,
      SerializableFunction<T, Tallies> counting,
      OutputTag<Tallies> counted) {
    super(parameters);
    this.counting = counting;
    this.counted = counted;
  }

  @Override
  public void processElement(StreamRecord<T> element) {
    pending = pending.plus(counting.apply(element.getValue()));
    output.collect(element);
    long now = getProcessingTimeService().getCurrentProcessingTime();
    if (now >= dueMillis) {
      dueMillis = now + FLUSH_MILLIS;
      flush();
    }
  }

  @Override
  public void prepareSnapshotPreBarrier(long checkpointId) {
    flush();
  }

  @Override
  public void finish() {
    flush();
  }

  private void flush() {
    if (!pending.equals(Tallies.NONE)) {
      output.collect(counted, new StreamRecord<>(pending));
      pending = Tallies.NONE;
    }
  }
}
