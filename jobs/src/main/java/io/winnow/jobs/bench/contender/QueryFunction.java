package io.winnow.jobs.bench.contender;

import io.winnow.jobs.bench.Query;
import io.winnow.jobs.bench.Round;
import java.util.OptionalInt;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;

/** Takes texts of a round as long as there are any, once it is told to begin. */
final class QueryFunction extends ProcessFunction<Long, Query> {
  private static final long serialVersionUID = 1L;

  private final RoundReference reference;

  QueryFunction(RoundReference reference) {
    this.reference = reference;
  }

  @Override
  public void processElement(Long begin, Context context, Collector<Query> out)
      throws InterruptedException {
    reference.awaitAll();
    Round round = reference.round();
    for (OptionalInt next = round.next(); next.isPresent(); next = round.next()) {
      int index = next.getAsInt();
      out.collect(new Query(index, round.text(index).text()));
    }
  }
}
