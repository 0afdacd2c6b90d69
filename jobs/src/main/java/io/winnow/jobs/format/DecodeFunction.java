package io.winnow.jobs.format;

import io.winnow.operators.flink.RejectionCounters;
import io.winnow.operators.flink.Stage;
import io.winnow.operators.flink.TextEvent;
import io.winnow.operators.text.Reason;
import io.winnow.operators.text.RejectedException;
import io.winnow.schemas.DeadLetter;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/** Decodes records; those without a readable text leave by the side. */
@SuppressWarnings("NullAway.Init") // the counters live from open on
public final class DecodeFunction extends ProcessFunction<SourceRecord, TextEvent> {
  private final EventDecoder decoder;
  private final int maxRecordBytes;
  private final OutputTag<DeadLetter> rejected;
  private transient RejectionCounters counters;

  /**
   * Creates a function.
   *
   * @param maxRecordBytes largest value that is decoded: a decoder takes several times its memory
   * @param rejected side output of the records without a readable text
   */
  public DecodeFunction(EventDecoder decoder, int maxRecordBytes, OutputTag<DeadLetter> rejected) {
    this.decoder = decoder;
    this.maxRecordBytes = maxRecordBytes;
    this.rejected = rejected;
  }

  @Override
  public void open(OpenContext context) {
    this.counters = new RejectionCounters(getRuntimeContext().getMetricGroup());
  }

  @Override
  public void processElement(SourceRecord record, Context context, Collector<TextEvent> out) {
    try {
      requireAtMost(maxRecordBytes, record);
      out.collect(decoder.decode(record));
    } catch (RejectedException e) {
      counters.count(e.reason());
      context.output(rejected, record.deadLetter(Stage.DECODE, e));
    }
  }

  private static void requireAtMost(int maxBytes, SourceRecord record) throws RejectedException {
    byte[] value = record.value();
    if (value != null && value.length > maxBytes) {
      throw new RejectedException(
          Reason.RECORD_TOO_LARGE,
          "Expected a value of at most %d bytes, but found %d; raise 'max-record-bytes' or shorten it at its source"
              .formatted(maxBytes, value.length));
    }
  }
}
