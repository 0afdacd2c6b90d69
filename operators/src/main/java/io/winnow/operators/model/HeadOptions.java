package io.winnow.operators.model;

import java.io.Serializable;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a pipeline asks of a bundle's heads; null keeps what the bundle says.
 *
 * @param heads heads to run; empty for all
 */
public record HeadOptions(
    List<String> heads,
    @Nullable Integer topK,
    @Nullable Double minScore,
    @Nullable Aggregation aggregation)
    implements Serializable {

  /** Everything as the bundle says. */
  public static final HeadOptions NONE = new HeadOptions(List.of(), null, null, null);

  public HeadOptions {
    heads = List.copyOf(heads);
    if (topK != null && topK < 1) {
      throw new IllegalArgumentException("top-k must be at least 1, but is " + topK);
    }
    if (minScore != null && !(minScore >= 0 && minScore <= 1)) {
      throw new IllegalArgumentException("min-score must be from 0 to 1, but is " + minScore);
    }
  }

  Head applyTo(Head head) {
    return new Head(
        head.name(),
        head.task(),
        head.output(),
        head.labels(),
        head.problemType(),
        aggregation == null ? head.aggregation() : aggregation,
        topK == null ? head.topK() : topK,
        minScore == null ? head.minScore() : minScore.floatValue(),
        minScore == null ? head.thresholds() : Map.of());
  }
}
