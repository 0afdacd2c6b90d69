package io.winnow.jobs.bench;

import java.util.concurrent.TimeUnit;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/**
 * Times that texts took.
 *
 * <p>Thread-safe.
 */
public final class Latencies {
  private static final int DIGITS = 3;

  private final Histogram nanos = new ConcurrentHistogram(DIGITS);

  public void add(long tookNanos) {
    nanos.recordValue(Math.max(0, tookNanos));
  }

  /** Returns the time in milliseconds that a share of the texts took at the most. */
  public double millis(double percentile) {
    return nanos.getValueAtPercentile(percentile) / (double) TimeUnit.MILLISECONDS.toNanos(1);
  }
}
