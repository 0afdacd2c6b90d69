package io.winnow.jobs.plan;

/**
 * What this machine was measured to do.
 *
 * @param cores threads that worked at once, one for each core
 * @param seconds how long
 * @param eventsPerSecond events through all enrichments, all cores together
 * @param tokensPerSecond their tokens, those of each enrichment counted
 * @param failed events that a model could not answer
 */
public record Capacity(
    int cores, double seconds, double eventsPerSecond, double tokensPerSecond, long failed) {

  /** Returns how many events that were, to be shown: of a slow model, it may be none. */
  public long events() {
    return Math.round(eventsPerSecond * seconds);
  }

  /** Returns the events a second of one core. */
  public double eventsPerCore() {
    return eventsPerSecond / cores;
  }

  /** Returns the tokens a second of one core. */
  public double tokensPerCore() {
    return tokensPerSecond / cores;
  }
}
