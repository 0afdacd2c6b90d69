package io.winnow.jobs.plan;

/**
 * What this machine was measured to do.
 *
 * @param cores threads that worked at once, one for each core
 * @param seconds how long
 * @param events events through all enrichments, all cores together
 * @param tokens their tokens, those of each enrichment counted
 * @param failed events that a model could not answer
 */
public record Capacity(int cores, double seconds, long events, long tokens, long failed) {

  /** Returns the events a second of one core. */
  public double eventsPerCore() {
    return events / seconds / cores;
  }

  /** Returns the tokens a second of one core. */
  public double tokensPerCore() {
    return tokens / seconds / cores;
  }
}
