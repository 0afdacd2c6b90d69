package io.winnow.jobs.demo;

import io.winnow.jobs.display.Summary;
import io.winnow.schemas.DeadLetter;
import io.winnow.schemas.EnrichedEvent;
import io.winnow.schemas.Enrichment;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;

/**
 * Counts what came out of the demo's pipeline.
 *
 * <p>Not thread-safe.
 */
public final class Tally {
  private final Histogram latencyMillis = new Histogram(3);
  private final Map<String, Long> deadLetters = new TreeMap<>();
  private long enriched;
  private long tokens;

  /** Adds an event that a consumer saw at {@code seenAtMillis}, on the clock of its timestamp. */
  public void add(EnrichedEvent event, long seenAtMillis) {
    enriched++;
    Set<String> models = new HashSet<>(); // the heads of one model share one run over the text
    for (Enrichment enrichment : event.getEnrichments()) {
      tokens += models.add(enrichment.getName()) ? enrichment.getTokensRead() : 0;
    }
    long timestamp = event.getSource().getTimestamp();
    if (timestamp >= 0) {
      latencyMillis.recordValue(Math.max(0, seenAtMillis - timestamp));
    }
  }

  public void add(DeadLetter letter) {
    deadLetters.merge(letter.getReason(), 1L, Long::sum);
  }

  /** Returns how many records came out, of both kinds. */
  public long seen() {
    return enriched + deadLetters.values().stream().mapToLong(Long::longValue).sum();
  }

  /**
   * Sums up.
   *
   * @param published events that went in
   * @param wall time from the first event published to the last record seen
   */
  public Summary summary(long published, Duration wall) {
    return new Summary(
        published,
        enriched,
        deadLetters,
        tokens,
        wall,
        Duration.ofMillis(latencyMillis.getValueAtPercentile(50)),
        Duration.ofMillis(latencyMillis.getValueAtPercentile(99)));
  }
}
