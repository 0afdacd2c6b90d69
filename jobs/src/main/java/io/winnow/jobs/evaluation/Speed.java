package io.winnow.jobs.evaluation;

/**
 * How fast texts were answered one by one on one thread, tokenization included.
 *
 * @param tokens tokens read, special tokens not counted
 * @param nanos time in nanoseconds
 */
public record Speed(long texts, long tokens, long nanos) {
  public static final Speed NONE = new Speed(0, 0, 0);

  public Speed plus(Speed other) {
    return new Speed(texts + other.texts, tokens + other.tokens, nanos + other.nanos);
  }

  /** Whether anything was timed; of answers that lie in a topic nothing is. */
  public boolean isKnown() {
    return nanos > 0;
  }

  public double tokensPerSecond() {
    return nanos == 0 ? 0 : tokens * 1e9 / nanos;
  }

  public double textsPerSecond() {
    return nanos == 0 ? 0 : texts * 1e9 / nanos;
  }
}
