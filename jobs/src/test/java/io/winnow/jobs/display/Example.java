package io.winnow.jobs.display;

import io.winnow.schemas.Classification;
import io.winnow.schemas.DeadLetter;
import io.winnow.schemas.EnrichedEvent;
import io.winnow.schemas.Enrichment;
import io.winnow.schemas.Extraction;
import io.winnow.schemas.ScoredLabel;
import io.winnow.schemas.SourcePosition;
import io.winnow.schemas.Span;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Records for the tests of this package. */
final class Example {
  static final SourcePosition SOURCE = new SourcePosition("messages", 1, 42L, 1_000L);

  private Example() {}

  static EnrichedEvent event(@Nullable String key, Enrichment... enrichments) {
    return new EnrichedEvent(
        SOURCE, key == null ? null : bytes(key), List.of(), bytes("{}"), List.of(enrichments));
  }

  static DeadLetter deadLetter(String message, @Nullable ByteBuffer payload) {
    return new DeadLetter(
        SOURCE, bytes("customer-1042"), List.of(), payload, "decode", "invalid-json", message);
  }

  static Enrichment intent(String label, float score) {
    return enrichment("intent", new Classification(List.of(new ScoredLabel(label, score))));
  }

  static Enrichment entities(Span... spans) {
    return enrichment("entities", new Extraction(List.of(spans)));
  }

  static Enrichment enrichment(String head, Object result) {
    return new Enrichment("support", head, "task", "support", "1", "ab12", 12, 12, result);
  }

  /** Returns a span over the first place of a piece in the text. */
  static Span span(String text, String piece, String label) {
    int start = text.indexOf(piece);
    return new Span(label, "text", start, start + piece.length(), piece, 0.9f);
  }

  static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
  }
}
