package io.winnow.jobs.bench;

import io.winnow.jobs.evaluation.ModelIdentity;
import io.winnow.operators.model.Machine;
import java.util.List;
import java.util.stream.LongStream;

/** Results as a run might leave them. */
public final class BenchSamples {
  private BenchSamples() {}

  /** Returns results of one workload: 400 events/s of bare, 300 of the operator. */
  public static BenchResults results() {
    return results("support");
  }

  /** Returns the same of a model of that name. */
  public static BenchResults results(String model) {
    List<Measurement> bare = rounds(400, 380, 420);
    List<Measurement> operator = rounds(300, 304, 210);
    return new BenchResults(
        new ModelIdentity(model, "0.2.0", "0a1b2c"),
        new Machine("1.28.0", "amd64", List.of()),
        2,
        3,
        List.of(
            new WorkloadResults(
                WorkloadKind.LOG_NORMAL,
                1_000,
                33.4,
                List.of(
                    new Result(
                        ContenderKind.BARE, WorkloadKind.LOG_NORMAL, bare, List.of(1.0, 1.0, 1.0)),
                    new Result(
                        ContenderKind.OPERATOR,
                        WorkloadKind.LOG_NORMAL,
                        operator,
                        List.of(0.75, 0.8, 0.5))),
                List.of())));
  }

  /** Returns a result without the bare runtime beside it. */
  public static Result alone() {
    return new Result(
        ContenderKind.PIPELINE, WorkloadKind.SHORT, rounds(100, 200, 90, 110), List.of());
  }

  /** Returns rounds of a second with 30 tokens a text. */
  private static List<Measurement> rounds(long... eventsPerSecond) {
    return LongStream.of(eventsPerSecond)
        .mapToObj(events -> new Measurement(events, events * 30, 1, 2, 2.5, 12.25))
        .toList();
  }
}
