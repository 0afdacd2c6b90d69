package io.winnow.jobs.format;

import io.winnow.operators.text.TextField;
import io.winnow.schemas.Enrichment;
import java.util.List;

/**
 * An enriched event as it was read from a topic.
 *
 * @param source where the event was read from before
 * @param texts its texts; empty where they are not found
 */
public record EnrichedRecord(
    SourceOffset source, List<TextField> texts, List<Enrichment> enrichments) {
  public EnrichedRecord {
    texts = List.copyOf(texts);
    enrichments = List.copyOf(enrichments);
  }

  /** Returns what has to be kept of it where another record tells the texts. */
  public EnrichedRecord withoutTexts() {
    return new EnrichedRecord(source, List.of(), enrichments);
  }
}
