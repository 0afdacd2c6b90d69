package io.winnow.jobs.bench;

/**
 * What was measured of a round while everybody had work.
 *
 * @param events texts that were answered in that time
 * @param tokens their tokens, special tokens not counted
 * @param cpuSeconds time that all threads of this process had on a core
 * @param p50Millis time that half of the texts took at the most, in milliseconds
 * @param p99Millis time that 99 % of the texts took at the most, in milliseconds
 */
public record Measurement(
    long events,
    long tokens,
    double seconds,
    double cpuSeconds,
    double p50Millis,
    double p99Millis) {

  public Measurement {
    if (!(seconds > 0)) {
      throw new IllegalArgumentException("seconds must be above 0, but is " + seconds);
    }
  }

  public double eventsPerSecond() {
    return events / seconds;
  }

  public double tokensPerSecond() {
    return tokens / seconds;
  }

  public double cpuSecondsPerMillionTokens() {
    return cpuSeconds * 1e6 / tokens;
  }
}
