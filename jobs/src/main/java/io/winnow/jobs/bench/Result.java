package io.winnow.jobs.bench;

import java.util.List;
import java.util.OptionalDouble;

/**
 * What a contender did with the texts of a workload: the medians of its rounds.
 *
 * @param rounds at least one
 * @param ratiosToBare tokens a second by those of the bare runtime, round by round; empty where
 *     that did not run
 */
public record Result(
    ContenderKind contender,
    WorkloadKind workload,
    List<Measurement> rounds,
    List<Double> ratiosToBare) {

  public Result {
    rounds = List.copyOf(rounds);
    ratiosToBare = List.copyOf(ratiosToBare);
    if (rounds.isEmpty()) {
      throw new IllegalArgumentException("rounds must not be empty");
    }
  }

  public double eventsPerSecond() {
    return Median.of(rounds, Measurement::eventsPerSecond);
  }

  /** Returns the events a second of the slowest round. */
  public double leastEventsPerSecond() {
    return rounds.stream().mapToDouble(Measurement::eventsPerSecond).min().orElseThrow();
  }

  /** Returns the events a second of the fastest round. */
  public double mostEventsPerSecond() {
    return rounds.stream().mapToDouble(Measurement::eventsPerSecond).max().orElseThrow();
  }

  public double tokensPerSecond() {
    return Median.of(rounds, Measurement::tokensPerSecond);
  }

  public double p50Millis() {
    return Median.of(rounds, Measurement::p50Millis);
  }

  public double p99Millis() {
    return Median.of(rounds, Measurement::p99Millis);
  }

  public double cpuSecondsPerMillionTokens() {
    return Median.of(rounds, Measurement::cpuSecondsPerMillionTokens);
  }

  public OptionalDouble ratioToBare() {
    return ratiosToBare.isEmpty()
        ? OptionalDouble.empty()
        : OptionalDouble.of(Median.of(ratiosToBare, ratio -> ratio));
  }
}
