package io.winnow.jobs.bench.contender;

import static org.assertj.core.api.Assertions.assertThat;

import io.winnow.jobs.bench.BenchResults;
import io.winnow.jobs.bench.ContenderKind;
import io.winnow.jobs.bench.Result;
import io.winnow.jobs.bench.WorkloadKind;
import io.winnow.jobs.bench.WorkloadResults;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class BenchITCase {
  @Test
  void contendersRunInTurnAndHaveAResultEach() throws Exception {
    BenchPlan plan =
        Models.plan(
            Models.folder("bert-token"),
            WorkloadKind.LOG_NORMAL,
            ContenderKind.BARE,
            ContenderKind.OPERATOR);
    AtomicInteger steps = new AtomicInteger();

    BenchResults results = new Bench(plan, steps::incrementAndGet).run();

    assertThat(steps).hasValue(plan.steps()).hasValue(2 * 3);
    assertThat(results.workloads()).hasSize(1);
    WorkloadResults workload = results.workloads().get(0);
    assertThat(workload.results())
        .extracting(Result::contender)
        .containsExactly(ContenderKind.BARE, ContenderKind.OPERATOR);
    assertThat(workload.results()).allSatisfy(result -> assertThat(result.rounds()).hasSize(2));
    assertThat(workload.results().get(0).ratioToBare()).hasValue(1);
    assertThat(workload.results().get(1).ratioToBare().orElseThrow()).isPositive();
  }

  /** Each round fails where the topic does not hold an answer to each text, and one only. */
  @Test
  void thePipelineAnswersEachTextOnceAndItsLatencyIsMeasuredApart() throws Exception {
    BenchPlan plan = Models.plan(Models.shipped(), WorkloadKind.SHORT, ContenderKind.PIPELINE);

    Result pipeline = new Bench(plan, () -> {}).run().workloads().get(0).results().get(0);

    assertThat(pipeline.rounds()).hasSize(2);
    assertThat(pipeline.eventsPerSecond()).isPositive();
    assertThat(pipeline.tokensPerSecond()).isGreaterThan(pipeline.eventsPerSecond());
    assertThat(pipeline.p50Millis()).isPositive();
    assertThat(pipeline.p99Millis()).isGreaterThanOrEqualTo(pipeline.p50Millis());
  }

  @Test
  void withoutTheBareRuntimeThereAreNoRatios() throws Exception {
    BenchPlan plan =
        Models.plan(Models.folder("bert-text"), WorkloadKind.SHORT, ContenderKind.BATCHES);

    BenchResults results = new Bench(plan, () -> {}).run();

    assertThat(results.workloads().get(0).results())
        .singleElement()
        .satisfies(result -> assertThat(result.ratioToBare()).isEmpty());
  }
}
