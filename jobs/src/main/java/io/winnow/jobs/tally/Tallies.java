package io.winnow.jobs.tally;

import io.winnow.operators.flink.TextEvent;
import io.winnow.schemas.Enrichment;
import java.util.HashSet;
import java.util.Set;

/**
 * What went through a job.
 *
 * @param read records read from the topic
 * @param enriched enriched events put out
 * @param rejected dead letters put out
 * @param tokens tokens that models read
 */
public record Tallies(long read, long enriched, long rejected, long tokens) {
  public static final Tallies NONE = new Tallies(0, 0, 0, 0);
  public static final Tallies READ = new Tallies(1, 0, 0, 0);
  public static final Tallies ENRICHED = new Tallies(0, 1, 0, 0);
  public static final Tallies REJECTED = new Tallies(0, 0, 1, 0);

  /** Returns the tokens that models read of an event; the heads of a model read them once. */
  public static Tallies tokens(TextEvent event) {
    Set<String> models = new HashSet<>();
    long tokens = 0;
    for (Enrichment enrichment : event.event().getEnrichments()) {
      if (models.add(enrichment.getName())) {
        tokens += enrichment.getTokensRead();
      }
    }
    return new Tallies(0, 0, 0, tokens);
  }

  public Tallies plus(Tallies more) {
    return new Tallies(
        read + more.read, enriched + more.enriched, rejected + more.rejected, tokens + more.tokens);
  }
}
