package io.winnow.jobs.report;

import io.winnow.jobs.bench.Result;
import io.winnow.jobs.display.Figures;

/** A contender as a row of a table: medians of its rounds, and the range of its events a second. */
record BenchRow(
    String name,
    String events,
    String range,
    String tokens,
    String ratio,
    String p50,
    String p99,
    String cpu) {

  static BenchRow of(Result result) {
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
}
