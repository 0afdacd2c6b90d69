package io.winnow.jobs.bench.contender;

import io.winnow.jobs.bench.Answer;
import io.winnow.jobs.bench.BenchText;
import io.winnow.jobs.bench.Measurement;
import io.winnow.jobs.bench.Query;
import io.winnow.jobs.bench.Round;
import io.winnow.jobs.bench.text.Workload;
import java.util.function.ToIntFunction;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.jspecify.annotations.Nullable;

/**
 * A Flink job over texts of this process, without Kafka: one chain of operators in each slot. It
 * stays from round to round, as the JVM compiles the code of a new one anew.
 */
final class FlinkContender implements Contender {
  private final BenchCluster cluster;
  private final int slots;
  private final Answering answering;
  private final ToIntFunction<BenchText> tokensRead;
  private @Nullable Standing standing;

  /** A job that stays, and whether it may keep answers. */
  private record Standing(JobID job, RoundsReference rounds, boolean mayBeCached) {}

  /**
   * Creates a contender.
   *
   * @param slots subtasks that answer
   * @param tokensRead tokens of a text that are read for its answer
   */
  FlinkContender(
      BenchCluster cluster, int slots, Answering answering, ToIntFunction<BenchText> tokensRead) {
    this.cluster = cluster;
    this.slots = slots;
    this.answering = answering;
    this.tokensRead = tokensRead;
  }

  @Override
  public Measurement measure(Workload workload, int texts) throws Exception {
    Round round = new Round(workload.next(texts), tokensRead);
    answer(round, workload.mayBeCached());
    return round.measurement();
  }

  /** A job that has failed, or may answer late, is not used again. */
  void answer(Round round, boolean mayBeCached) throws Exception {
    try {
      Standing running = standing(mayBeCached);
      Rounds rounds = running.rounds.rounds();
      cluster.await(rounds.ready(), running.job);
      rounds.begin(round);
      cluster.await(round.whole(), running.job);
    } catch (Exception e) {
      close();
      throw e;
    }
  }

  private Standing standing(boolean mayBeCached) throws Exception {
    if (standing != null && standing.mayBeCached != mayBeCached) {
      close();
    }
    if (standing == null) {
      standing = start(mayBeCached);
    }
    return standing;
  }

  private Standing start(boolean mayBeCached) throws Exception {
    RoundsReference rounds = RoundsReference.hold(new Rounds(slots));
    try {
      return new Standing(submit(rounds, mayBeCached), rounds, mayBeCached);
    } catch (Exception e) {
      rounds.release();
      throw e;
    }
  }

  private JobID submit(RoundsReference rounds, boolean mayBeCached) throws Exception {
    StreamExecutionEnvironment environment = cluster.environment(slots);
    DataStream<Query> queries =
        environment.fromSource(
            new RoundSource(rounds), WatermarkStrategy.noWatermarks(), "texts of rounds");
    answering
        .answers(queries, mayBeCached)
        .map(new AnswerFunction(rounds))
        .sinkTo(new DiscardingSink<>());
    return cluster.start(environment);
  }

  @Override
  public void close() {
    if (standing != null) {
      cluster.cancel(standing.job);
      standing.rounds.release();
      standing = null;
    }
  }

  /** Adds the operators that answer. */
  interface Answering {
    DataStream<Answer> answers(DataStream<Query> queries, boolean mayBeCached);
  }
}
