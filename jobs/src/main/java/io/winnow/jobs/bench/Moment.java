package io.winnow.jobs.bench;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/**
 * How far something was at a time.
 *
 * @param nanos the time, from any origin
 * @param cpuNanos time that all threads of this process have had on a core, in nanoseconds
 */
public record Moment(long events, long tokens, long nanos, long cpuNanos) {
  private static final OperatingSystemMXBean SYSTEM =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

  public static Moment now(long events, long tokens) {
    return new Moment(events, tokens, System.nanoTime(), SYSTEM.getProcessCpuTime());
  }

  /** Returns the same time, of which is known only later what was done. */
  public Moment with(long newEvents, long newTokens) {
    return new Moment(newEvents, newTokens, nanos, cpuNanos);
  }

  /** Returns what was done from this moment to a later one. */
  public Measurement until(Moment end, double p50Millis, double p99Millis) {
    return new Measurement(
        end.events - events,
        end.tokens - tokens,
        Math.max(1, end.nanos - nanos) / 1e9,
        (end.cpuNanos - cpuNanos) / 1e9,
        p50Millis,
        p99Millis);
  }
}
