package io.winnow.jobs.redrive;

import io.winnow.jobs.format.SourceRecord;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.api.common.functions.FlatMapFunction;
import org.apache.flink.util.Collector;

/** Turns those dead letters that go back into the records that they were. */
public final class OriginalFunction implements FlatMapFunction<SourceRecord, SourceRecord> {
  private static final long serialVersionUID = 1L;

  private final HashMap<Integer, long[]> offsets;

  /**
   * Creates a function.
   *
   * @param offsets those of the dead letters that go back, in order, by their partition
   */
  public OriginalFunction(Map<Integer, long[]> offsets) {
    this.offsets = new HashMap<>(offsets);
  }

  @Override
  public void flatMap(SourceRecord record, Collector<SourceRecord> out) {
    long[] wanted = offsets.get(record.partition());
    if (wanted != null && Arrays.binarySearch(wanted, record.offset()) >= 0) {
      Letter.of(record).map(Letter::original).ifPresent(out::collect);
    }
  }
}
