package io.winnow.jobs.plan;

import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;

/** How many tokens texts have, special tokens not counted. */
public final class TokenHistogram {
  private static final int DIGITS = 3;

  private final Histogram tokens = new Histogram(DIGITS);

  /**
   * Texts of about a length.
   *
   * @param from fewest tokens
   * @param to most tokens
   */
  public record Bar(long from, long to, long texts) {}

  /** Adds a text of so many tokens. */
  public void add(long count) {
    tokens.recordValue(count);
  }

  public long texts() {
    return tokens.getTotalCount();
  }

  public double mean() {
    return tokens.getMean();
  }

  public long longest() {
    return tokens.getMaxValue();
  }

  /** Returns the tokens that a share of the texts, in percent, do not exceed. */
  public long percentile(double percent) {
    return tokens.getValueAtPercentile(percent);
  }

  /** Returns bars that each reach twice as far as the one before, up to the longest text. */
  public List<Bar> bars() {
    List<Bar> bars = new ArrayList<>();
    long from = 0;
    for (long to = 8; from <= longest(); to *= 2) {
      bars.add(new Bar(from, to, tokens.getCountBetweenValues(from, to)));
      from = to + 1;
    }
    return bars;
  }
}
