package io.winnow.jobs.bench.contender;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.winnow.jobs.bench.ContenderKind;
import io.winnow.jobs.bench.Measurement;
import io.winnow.jobs.bench.Result;
import io.winnow.jobs.bench.WorkloadKind;
import io.winnow.jobs.bench.WorkloadResults;
import io.winnow.jobs.bench.text.Workload;
import io.winnow.jobs.bench.text.Workloads;
import io.winnow.operators.inference.LoadedModel;
import io.winnow.operators.model.BundleReader;
import io.winnow.operators.model.HeadOptions;
import io.winnow.operators.model.ModelBundle;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class WorkloadRunTest {
  private static final Path MODEL = Models.folder("bert-text");
  private static final BenchPlan PLAN =
      Models.plan(
          MODEL,
          WorkloadKind.SHORT,
          ContenderKind.BARE,
          ContenderKind.OPERATOR,
          ContenderKind.DJL,
          ContenderKind.BATCHES);

  @Test
  void aContenderThatFailsIsLeftOutAndTheOthersGoOn() throws Exception {
    AtomicInteger steps = new AtomicInteger();
    AtomicInteger batches = new AtomicInteger();

    WorkloadResults results =
        run(
            kind ->
                switch (kind) {
                  case DJL -> (workload, texts) -> fail("no engine");
                  case BATCHES -> (workload, texts) -> lasting(batches.incrementAndGet(), 2);
                  default -> (workload, texts) -> answered(texts);
                },
            steps);

    assertThat(results.results())
        .extracting(Result::contender)
        .containsExactly(ContenderKind.BARE, ContenderKind.OPERATOR);
    assertThat(results.results()).allSatisfy(result -> assertThat(result.rounds()).hasSize(2));
    assertThat(results.failures())
        .containsExactly(
            "Contender djl failed with the texts of short: no engine",
            "Contender batches failed with the texts of short: out of memory");
    assertThat(batches).hasValue(2); // it warmed up, failed in the first round and had no other
    assertThat(steps).hasValue(PLAN.steps());
  }

  @Test
  void anInterruptEndsTheRun() {
    assertThatExceptionOfType(InterruptedException.class)
        .isThrownBy(
            () ->
                run(
                    kind ->
                        (workload, texts) -> {
                          if (kind == ContenderKind.DJL) {
                            throw new InterruptedException();
                          }
                          return answered(texts);
                        },
                    new AtomicInteger()));
  }

  private static WorkloadResults run(WorkloadRun.Supply contenders, AtomicInteger steps)
      throws Exception {
    ModelBundle bundle = BundleReader.read(MODEL, HeadOptions.NONE);
    try (LoadedModel model = LoadedModel.open(bundle)) {
      Workload texts = new Workloads(bundle, model).made(WorkloadKind.SHORT);
      return new WorkloadRun(PLAN, contenders, texts, steps::incrementAndGet).run();
    }
  }

  private static Measurement lasting(int run, int last) {
    return run < last ? answered(run) : fail("out of memory");
  }

  private static Measurement fail(String why) {
    throw new IllegalStateException(why);
  }

  private static Measurement answered(int texts) {
    return new Measurement(texts, texts * 12L, 1, 2, 2.5, 12.25);
  }
}
