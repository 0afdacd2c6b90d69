package io.winnow.operators.flink;

import io.winnow.operators.model.BatchInvariance;
import io.winnow.operators.model.ModelBundle;
import io.winnow.operators.model.Seal;
import java.io.Serializable;
import java.time.Duration;
import java.util.Optional;

/**
 * Whether events run through a model alone, or share forward passes with others of like length.
 *
 * @param sorted whether they share passes
 * @param maxWait the longest that an event waits for others
 */
public record Batching(boolean sorted, Duration maxWait) implements Serializable {
  /** Each event alone. */
  public static final Batching EXACT = new Batching(false, Duration.ZERO);

  public static final Duration DEFAULT_WAIT = Duration.ofMillis(50);

  /** Events that wait at the most: enough that passes are full of texts of like length. */
  public static final int MOST_EVENTS = 256;

  /** Shared passes. */
  public static Batching sorted(Duration maxWait) {
    return new Batching(true, maxWait);
  }

  /** Returns why a bundle cannot run this way; empty if it can. */
  public Optional<String> refusal(ModelBundle bundle) {
    if (!sorted) {
      return Optional.empty();
    }
    if (bundle.seal().isEmpty()) {
      return Optional.of(
          "batching: sorted needs a bundle whose answers are proven not to depend on the batch, but"
              + " %s has no seal; check it with 'winnow seal', or set batching to exact"
                  .formatted(bundle.folder()));
    }
    BatchInvariance found = bundle.seal().map(Seal::batchInvariance).orElseThrow();
    if (found.proven()) {
      return Optional.empty();
    }
    return Optional.of(
        "batching: sorted needs a bundle whose answers are proven not to depend on the batch, but %s;"
                .formatted(
                    found.runs() == 0
                        ? bundle.name() + " does not run on several texts at once"
                        : "in those of %s logits move by up to %s, and %d labels flip, in %d batches"
                            .formatted(
                                bundle.name(),
                                found.largestLogitDifference(),
                                found.flippedLabels(),
                                found.runs()))
            + " set batching to exact, or quantize it otherwise");
  }
}
