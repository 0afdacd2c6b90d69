package io.winnow.jobs.stale;

import io.winnow.jobs.format.OriginalReader;
import io.winnow.jobs.format.SourceRecord;
import io.winnow.jobs.format.UnreadableException;
import org.apache.flink.api.common.functions.FlatMapFunction;
import org.apache.flink.util.Collector;

/** Turns those events of an enriched topic that were selected into the records that they were. */
public final class StaleFunction implements FlatMapFunction<SourceRecord, SourceRecord> {
  private static final long serialVersionUID = 1L;

  private final OffsetSet chosen;
  private final OffsetSet fresh;
  private final OriginalReader originals;

  StaleFunction(OffsetSet chosen, OffsetSet fresh, OriginalReader originals) {
    this.chosen = chosen;
    this.fresh = fresh;
    this.originals = originals;
  }

  @Override
  public void flatMap(SourceRecord event, Collector<SourceRecord> out) throws UnreadableException {
    if (chosen.contains(event.partition(), event.offset())) {
      SourceRecord original = originals.read(event);
      if (!fresh.contains(original.partition(), original.offset())) {
        out.collect(original);
      }
    }
  }
}
