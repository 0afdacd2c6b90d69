package io.winnow.operators.flink;

import io.winnow.operators.config.ConfigurationException;
import io.winnow.operators.model.BatchInvariance;
import io.winnow.operators.model.MemoryBudget;
import io.winnow.operators.model.ModelBundle;
import io.winnow.operators.task.SortedEnricher;
import java.io.IOException;
import java.io.Serializable;
import java.time.Duration;

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

  /** Some seconds of a core, as a barrier waits so long: longer texts gain nothing. */
  private static final int MOST_CHARACTERS = 1 << 14;

  /** Shared passes. */
  public static Batching sorted(Duration maxWait) {
    return new Batching(true, maxWait);
  }

  /** Tells whether events with so much text wait for no more. */
  public static boolean isFull(int events, long characters) {
    return events >= MOST_EVENTS || characters >= MOST_CHARACTERS;
  }

  /**
   * Checks that a bundle can run this way.
   *
   * @throws ConfigurationException with the reason if it cannot
   */
  public void require(ModelBundle bundle) throws ConfigurationException {
    if (sorted && !bundle.isBatchInvariant()) {
      throw new ConfigurationException(
          "batching: sorted needs a bundle whose answers are proven not to depend on the batch, but "
              + refusal(bundle));
    }
  }

  private static String refusal(ModelBundle bundle) {
    if (bundle.seal().isEmpty()) {
      return bundle.folder()
          + " has no seal; check it with 'winnow seal', or set batching to exact";
    }
    BatchInvariance found = bundle.batchInvariance();
    String why =
        found.runs() == 0
            ? bundle.name() + " does not run on several texts at once"
            : "in those of %s logits move by up to %s, and %d labels flip, in %d batches"
                .formatted(
                    bundle.name(),
                    found.largestLogitDifference(),
                    found.flippedLabels(),
                    found.runs());
    return why + "; set batching to exact, or quantize it otherwise";
  }

  /**
   * Returns the native memory that a bundle needs when it runs this way.
   *
   * @throws IOException if a file of it cannot be read
   */
  public MemoryBudget budget(ModelBundle bundle) throws IOException {
    return sorted
        ? MemoryBudget.ofBatches(bundle, SortedEnricher.PASS_TOKENS)
        : MemoryBudget.of(bundle);
  }
}
