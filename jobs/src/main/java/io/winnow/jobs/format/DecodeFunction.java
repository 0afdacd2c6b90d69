package io.winnow.jobs.format;

import io.winnow.operators.flink.Stage;
import io.winnow.operators.flink.TextEvent;
import io.winnow.operators.text.RejectedException;
import io.winnow.schemas.DeadLetter;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/** Decodes records; those without a readable text leave by the side. */
public final class DecodeFunction extends ProcessFunction<SourceRecord, TextEvent> {
  private final EventDecoder decoder;
  private final OutputTag<DeadLetter> rejected;

  public DecodeFunction(EventDecoder decoder, OutputTag<DeadLetter> rejected) {
    this.decoder = decoder;
    this.rejected = rejected;
  }

  @Override
  public void processElement(SourceRecord record, Context context, Collector<TextEvent> out) {
    try {
      out.collect(decoder.decode(record));
    } catch (RejectedException e) {
      context.output(rejected, record.deadLetter(Stage.DECODE, e));
    }
  }
}
