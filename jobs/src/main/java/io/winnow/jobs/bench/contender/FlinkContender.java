package io.winnow.jobs.bench.contender;

import io.winnow.jobs.bench.Answer;
import io.winnow.jobs.bench.Measurement;
import io.winnow.jobs.bench.Query;
import io.winnow.jobs.bench.Round;
import io.winnow.jobs.bench.text.Workload;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;

/** A Flink job over texts of this process, without Kafka: one chain of operators in each slot. */
final class FlinkContender implements Contender {
  private final BenchCluster cluster;
  private final int slots;
  private final Answering answering;

  /**
   * Creates a contender.
   *
   * @param slots subtasks that answer
   */
  FlinkContender(BenchCluster cluster, int slots, Answering answering) {
    this.cluster = cluster;
    this.slots = slots;
    this.answering = answering;
  }

  @Override
  public Measurement measure(Workload workload, int texts) throws Exception {
    Round round = new Round(workload.next(texts));
    answer(round, workload.mayBeCached());
    return round.measurement();
  }

  void answer(Round round, boolean mayBeCached) throws Exception {
    StreamExecutionEnvironment environment = cluster.environment(slots);
    RoundReference reference = RoundReference.hold(round, slots);
    try {
      DataStream<Query> queries =
          environment
              .fromSequence(1, slots) // tells each subtask once to begin
              .setParallelism(1)
              .rebalance()
              .process(new QueryFunction(reference));
      answering
          .answers(queries, mayBeCached)
          .map(new AnswerFunction(reference))
          .sinkTo(new DiscardingSink<>());
      cluster.run(environment);
    } finally {
      reference.release();
    }
  }

  /** Adds the operators that answer. */
  interface Answering {
    DataStream<Answer> answers(DataStream<Query> queries, boolean mayBeCached);
  }
}
