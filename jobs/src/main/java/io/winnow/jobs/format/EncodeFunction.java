package io.winnow.jobs.format;

import io.winnow.operators.flink.RejectionCounters;
import io.winnow.operators.flink.Rejections;
import io.winnow.operators.flink.Stage;
import io.winnow.operators.flink.TextEvent;
import io.winnow.operators.text.RejectedException;
import io.winnow.schemas.DeadLetter;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/** Encodes enriched events; those that the topic does not take leave by the side. */
@SuppressWarnings("NullAway.Init") // the counters live from open on
public final class EncodeFunction extends ProcessFunction<TextEvent, OutputRecord> {
  private final EnrichedOutput output;
  private final OutputTag<DeadLetter> rejected;
  private transient RejectionCounters counters;

  public EncodeFunction(EnrichedOutput output, OutputTag<DeadLetter> rejected) {
    this.output = output;
    this.rejected = rejected;
  }

  @Override
  public void open(OpenContext context) {
    this.counters = new RejectionCounters(getRuntimeContext().getMetricGroup());
  }

  @Override
  public void processElement(TextEvent event, Context context, Collector<OutputRecord> out) {
    try {
      out.collect(output.record(event.event()));
    } catch (RejectedException e) {
      counters.count(e.reason());
      context.output(rejected, Rejections.deadLetter(event.event(), Stage.ENCODE, e));
    }
  }
}
