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
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Measures all contenders on one workload.
 *
 * <p>A short calibration finds how many texts take the time of a round in the bare runtime. Then
 * each contender runs once to warm up, and in turn in each round. One that is slower reads fewer of
 * the texts, so that its round takes no longer. One that fails is left out from then on.
 */
final class WorkloadRun {
  private static final int CALIBRATION_TEXTS = 20;
  private static final int MOST_TEXTS = 100_000;
  private static final int WARM_UP_PARTS = 4;

  /** The sink of a pipeline writes ten times a second, so a shorter round has no middle. */
  private static final double LEAST_PIPELINE_SECONDS = 1;

  private static final int LEAST_BATCHES = 8; // of a subtask in a round

  private final BenchPlan plan;
  private final Supply contenders;
  private final Workload workload;
  private final Runnable eachStep;

  WorkloadRun(BenchPlan plan, Supply contenders, Workload workload, Runnable eachStep) {
    this.plan = plan;
    this.contenders = contenders;
    this.workload = workload;
    this.eachStep = eachStep;
  }

  WorkloadResults run() throws Exception {
    int most = calibrate();
    List<Entrant> entrants = entrants();
    inTurn(entrants, entrant -> entrant.texts = warmUp(entrant.kind, most));
    Compilers.awaitQuiet();
    for (int round = 0; round < plan.rounds(); round++) {
      inTurn(entrants, entrant -> entrant.rounds.add(measure(entrant.kind, entrant.texts)));
    }
    double tokens =
        workload.next(most).stream().mapToInt(BenchText::tokens).average().orElseThrow();
    List<String> failures = entrants.stream().flatMap(entrant -> entrant.failure.stream()).toList();
    return new WorkloadResults(workload.kind(), most, tokens, results(entrants), failures);
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

  private List<Entrant> entrants() {
    return Stream.of(ContenderKind.values())
        .filter(plan.contenders()::contains)
        .map(Entrant::new)
        .toList();
  }

  /** Lets all contenders take a step that have not failed before. */
  private void inTurn(List<Entrant> entrants, Step step) throws InterruptedException {
    for (Entrant entrant : entrants) {
      if (entrant.failure.isEmpty()) {
        attempt(entrant, step);
      }
      eachStep.run();
    }
  }

  private void attempt(Entrant entrant, Step step) throws InterruptedException {
    try {
      step.take(entrant);
    } catch (InterruptedException e) {
      throw e;
    } catch (Exception e) { // whatever it is: only this contender is known here
      String contender = entrant.kind.word();
      String texts = workload.kind().word();
      entrant.failure =
          Optional.of(
              "Contender %s failed with the texts of %s: %s"
                  .formatted(contender, texts, FirstCause.message(e)));
    }
  }

  /** Returns how many texts a contender gets in a round. */
  private int warmUp(ContenderKind kind, int most) throws Exception {
    int least = leastTexts(kind, most);
    Measurement warm = measure(kind, Math.max(least, most / WARM_UP_PARTS));
    return Math.max(least, Math.min(most, textsOfARound(warm)));
  }

  /** Answers of batches come all at once: a round with few of them tells nothing. */
  private int leastTexts(ContenderKind kind, int most) throws Exception {
    return switch (kind) {
      case PIPELINE -> {
        double rounds = LEAST_PIPELINE_SECONDS * 1e3 / plan.roundTime().toMillis();
        yield Math.max(Round.LEAST_TEXTS, (int) Math.min(MOST_TEXTS, most * rounds));
      }
      case OPERATOR_SORTED -> LEAST_BATCHES * textsOfABatch() * plan.cores();
      case BATCHES -> LEAST_BATCHES * BatchOperator.TEXTS * plan.cores();
      default -> Round.LEAST_TEXTS;
    };
  }

  /** Returns how many texts the operator answers together. */
  private int textsOfABatch() throws Exception {
    int texts = 0;
    long characters = 0;
    for (BenchText text : workload.next(Batching.MOST_EVENTS)) {
      if (!Batching.isFull(texts, characters)) {
        texts++;
        characters += text.text().length();
      }
    }
    return texts;
  }

  private int textsOfARound(Measurement measured) {
    double texts = measured.eventsPerSecond() * plan.roundTime().toMillis() / 1e3;
    return (int) Math.max(Round.LEAST_TEXTS, Math.min(MOST_TEXTS, texts));
  }

  private Measurement measure(ContenderKind kind, int texts) throws Exception {
    return contenders.of(kind).measure(workload, texts);
  }

  private List<Result> results(List<Entrant> entrants) {
    List<Entrant> answered = entrants.stream().filter(e -> e.failure.isEmpty()).toList();
    List<Measurement> bare =
        answered.stream()
            .filter(entrant -> entrant.kind == ContenderKind.BARE)
            .findFirst()
            .map(entrant -> entrant.rounds)
            .orElse(List.of());
    return answered.stream()
        .map(e -> new Result(e.kind, workload.kind(), e.rounds, ratios(e.rounds, bare)))
        .toList();
  }

  private static List<Double> ratios(List<Measurement> measured, List<Measurement> bare) {
    List<Double> ratios = new ArrayList<>();
    for (int round = 0; round < bare.size(); round++) {
      ratios.add(measured.get(round).tokensPerSecond() / bare.get(round).tokensPerSecond());
    }
    return ratios;
  }

  /** Gives the contender of a kind: the same one at each call. */
  interface Supply {
    Contender of(ContenderKind kind) throws Exception;
  }

  /** What each contender does in turn. */
  private interface Step {
    void take(Entrant entrant) throws Exception;
  }

  /** A contender, and what becomes of it. */
  private static final class Entrant {
    private final ContenderKind kind;
    private int texts; // of a round, known once it is warm
    private final List<Measurement> rounds = new ArrayList<>();
    private Optional<String> failure = Optional.empty();

    private Entrant(ContenderKind kind) {
      this.kind = kind;
    }
  }
}
