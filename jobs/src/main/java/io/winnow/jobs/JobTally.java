package io.winnow.jobs;

import io.winnow.jobs.tally.Tallies;
import io.winnow.jobs.tally.TallyOperatorFactory;
import io.winnow.jobs.tally.TallySum;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.util.OutputTag;
import org.apache.flink.util.function.SerializableFunction;

/** The operators of a job that count what goes through it, and the one that adds up. */
final class JobTally {
  private static final OutputTag<Tallies> COUNTED =
      new OutputTag<>("counted", TypeInformation.of(Tallies.class));

  private final List<DataStream<Tallies>> counts = new ArrayList<>();

  /** Returns the elements behind an operator that counts them. */
  <T> SingleOutputStreamOperator<T> count(
      SingleOutputStreamOperator<T> elements,
      String uid,
      SerializableFunction<T, Tallies> counting) {
    SingleOutputStreamOperator<T> passed =
        elements
            .transform("count", elements.getType(), new TallyOperatorFactory<>(counting, COUNTED))
            .uid(uid)
            .setParallelism(elements.getParallelism());
    counts.add(passed.getSideOutput(COUNTED));
    return passed;
  }

  void sum() {
    counts.stream()
        .reduce((some, more) -> some.union(more))
        .orElseThrow()
        .process(new TallySum())
        .name("tally")
        .uid(Uids.TALLY)
        .setParallelism(1);
  }
}
