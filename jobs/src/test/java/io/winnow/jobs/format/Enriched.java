package io.winnow.jobs.format;

import io.winnow.schemas.Classification;
import io.winnow.schemas.Embedding;
import io.winnow.schemas.EnrichedEvent;
import io.winnow.schemas.Enrichment;
import io.winnow.schemas.Extraction;
import io.winnow.schemas.ScoredLabel;
import io.winnow.schemas.Span;
import java.util.List;

/** Enriched events for tests. */
final class Enriched {
  static final Enrichment INTENT =
      enrichment(
          "intent",
          "text-classification",
          new Classification(
              List.of(new ScoredLabel("lost_card", 0.98f), new ScoredLabel("other", 1e-4f))));

  static final Enrichment ENTITIES =
      enrichment(
          "entities",
          "token-classification",
          new Extraction(
              List.of(
                  new Span("LOC", "body", 19, 24, "Paris", 0.99f),
                  new Span("PER", "", 0, 2, "\u00c9a", 1f))));

  static final Enrichment VECTOR =
      enrichment(
          "vector",
          "feature-extraction",
          new Embedding(List.of(0.1f, -2f, 1.17549435E-38f, 3.4028235E38f)));

  /** What {@link #INTENT} is in every record from {@link Records}. */
  static final String INTENT_JSON =
      """
      {"name":"support","head":"intent","task":"text-classification","model":"support-small",\
      "modelVersion":"3","fingerprint":"abc123","tokens":12,"tokensRead":10,\
      "source":{"topic":"messages","partition":3,"offset":41},\
      "labels":[{"label":"lost_card","score":0.98},{"label":"other","score":1.0E-4}]}""";

  private Enriched() {}

  static EnrichedEvent event(byte[] payload, Enrichment... enrichments) {
    EnrichedEvent event = Records.of(payload).event(payload);
    return new EnrichedEvent(
        event.getSource(),
        event.getKey(),
        event.getHeaders(),
        event.getPayload(),
        List.of(enrichments));
  }

  static EnrichedEvent event(String payload, Enrichment... enrichments) {
    return event(Records.bytes(payload), enrichments);
  }

  private static Enrichment enrichment(String head, String task, Object result) {
    return new Enrichment("support", head, task, "support-small", "3", "abc123", 12, 10, result);
  }
}
