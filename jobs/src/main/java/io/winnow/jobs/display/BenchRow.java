package io.winnow.jobs.display;

import io.winnow.jobs.bench.Result;
import io.winnow.jobs.bench.WorkloadResults;
import java.util.Locale;

/** A contender as a row of a table: medians of its rounds, and the range of its events a second. */
public record BenchRow(
    String name,
    String events,
    String range,
    String tokens,
    String ratio,
    String p50,
    String p99,
    String cpu) {

  public static BenchRow of(Result result) {
    return new BenchRow(
        result.contender().word(),
        Figures.rate(result.eventsPerSecond()),
        Figures.range(result.leastEventsPerSecond(), result.mostEventsPerSecond()),
        Figures.rate(result.tokensPerSecond()),
        Figures.ratio(result.ratioToBare()),
        Figures.millis(result.p50Millis()),
        Figures.millis(result.p99Millis()),
        Figures.rate(result.cpuSecondsPerMillionTokens()));
  }

  /** Returns which texts a workload has, in words. */
  public static String about(WorkloadResults workload) {
    return String.format(
        Locale.ROOT,
        "%s; %.1f tokens a text in the mean, up to %s a round",
        workload.kind().about(),
        workload.meanTokens(),
        Figures.count(workload.texts(), "text"));
  }
}
