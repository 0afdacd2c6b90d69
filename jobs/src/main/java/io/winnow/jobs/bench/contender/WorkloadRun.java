package io.winnow.jobs.bench.contender;

import io.winnow.jobs.FirstCause;
import io.winnow.jobs.bench.BenchText;
import io.winnow.jobs.bench.ContenderKind;
import io.winnow.jobs.bench.Measurement;
import io.winnow.jobs.bench.Result;
import io.winnow.jobs.bench.Round;
import io.winnow.jobs.bench.WorkloadResults;
import io.winnow.jobs.bench.text.Workload;
import io.winnow.operators.flink.Batching;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Measures all contenders on one workload.
 *
 * <p>A short calibration finds how many texts take the time of a round in the bare runtime. Then
 * each contender runs once to warm up, and in turn in each round. One that is slower reads fewer of
 * the texts, so that its round takes no longer.
 */
final class WorkloadRun {
  private static final int CALIBRATION_TEXTS = 20;
  private static final int MOST_TEXTS = 100_000;
  private static final int WARM_UP_PARTS = 4;

  /** The sink of a pipeline writes ten times a second, so a shorter round has no middle. */
  private static final double LEAST_PIPELINE_SECONDS = 1;

  private static final int LEAST_BATCHES = 16; // of a subtask in a round

  private final BenchPlan plan;
  private final Contenders contenders;
  private final Workload workload;
  private final Runnable eachStep;

  WorkloadRun(BenchPlan plan, Contenders contenders, Workload workload, Runnable eachStep) {
    this.plan = plan;
    this.contenders = contenders;
    this.workload = workload;
    this.eachStep = eachStep;
  }

  WorkloadResults run() throws Exception {
    int most = calibrate();
    Map<ContenderKind, Integer> texts = warmUp(most);
    Map<ContenderKind, List<Measurement>> rounds = new EnumMap<>(ContenderKind.class);
    for (int round = 0; round < plan.rounds(); round++) {
      for (Map.Entry<ContenderKind, Integer> entry : texts.entrySet()) {
        rounds
            .computeIfAbsent(entry.getKey(), kind -> new ArrayList<>())
            .add(measure(entry.getKey(), entry.getValue()));
        eachStep.run();
      }
    }
    double tokens =
        workload.first(most).stream().mapToInt(BenchText::tokens).average().orElseThrow();
    return new WorkloadResults(workload.kind(), most, tokens, results(rounds));
  }

  /** Returns how many texts the bare runtime answers in the time of a round. */
  private int calibrate() throws Exception {
    int texts = CALIBRATION_TEXTS;
    var unused =
        measure(ContenderKind.BARE, texts); // of the first texts the JVM takes most of the time
    while (true) {
      Measurement bare = measure(ContenderKind.BARE, texts);
      int wanted = textsOfARound(bare);
      if (wanted <= texts * WARM_UP_PARTS) {
        return wanted;
      }
      texts = wanted / WARM_UP_PARTS + 1;
    }
  }

  private Map<ContenderKind, Integer> warmUp(int most) throws Exception {
    Map<ContenderKind, Integer> texts = new EnumMap<>(ContenderKind.class);
    for (ContenderKind kind : ContenderKind.values()) {
      if (plan.contenders().contains(kind)) {
        int least = leastTexts(kind, most);
        Measurement warm = measure(kind, Math.max(least, most / WARM_UP_PARTS));
        texts.put(kind, Math.max(least, Math.min(most, textsOfARound(warm))));
        eachStep.run();
      }
    }
    return texts;
  }

  /** Answers of batches come all at once: a round with few of them tells nothing. */
  private int leastTexts(ContenderKind kind, int most) {
    return switch (kind) {
      case PIPELINE -> {
        double rounds = LEAST_PIPELINE_SECONDS * 1e3 / plan.roundTime().toMillis();
        yield Math.max(Round.LEAST_TEXTS, (int) Math.min(MOST_TEXTS, most * rounds));
      }
      case OPERATOR_SORTED -> LEAST_BATCHES * Batching.MOST_EVENTS * plan.cores();
      case BATCHES -> LEAST_BATCHES * BatchOperator.TEXTS * plan.cores();
      default -> Round.LEAST_TEXTS;
    };
  }

  private int textsOfARound(Measurement measured) {
    double texts = measured.eventsPerSecond() * plan.roundTime().toMillis() / 1e3;
    return (int) Math.max(Round.LEAST_TEXTS, Math.min(MOST_TEXTS, texts));
  }

  private Measurement measure(ContenderKind kind, int texts) throws Exception {
    try {
      return contenders.of(kind).measure(workload, texts);
    } catch (InterruptedException e) {
      throw e;
    } catch (Exception e) { // whatever it is: only this contender is known here
      throw new IllegalStateException(
          "Contender %s failed with the texts of %s: %s; leave it out with --contender"
              .formatted(kind.word(), workload.kind().word(), FirstCause.message(e)),
          e);
    }
  }

  private List<Result> results(Map<ContenderKind, List<Measurement>> rounds) {
    List<Measurement> bare = rounds.getOrDefault(ContenderKind.BARE, List.of());
    List<Result> results = new ArrayList<>();
    rounds.forEach(
        (kind, measured) ->
            results.add(new Result(kind, workload.kind(), measured, ratios(measured, bare))));
    return results;
  }

  private static List<Double> ratios(List<Measurement> measured, List<Measurement> bare) {
    List<Double> ratios = new ArrayList<>();
    for (int round = 0; round < bare.size(); round++) {
      ratios.add(measured.get(round).tokensPerSecond() / bare.get(round).tokensPerSecond());
    }
    return ratios;
  }
}
