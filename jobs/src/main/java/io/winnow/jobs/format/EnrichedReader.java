package io.winnow.jobs.format;

import io.winnow.jobs.pipeline.Pipeline;
import io.winnow.jobs.pipeline.RegistryOptions;
import io.winnow.operators.text.RejectedException;
import io.winnow.operators.text.TextField;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a pipeline writes, in any format of its sink: each value shows by its first bytes
 * which one it is.
 *
 * <p>Not thread-safe.
 */
public final class EnrichedReader {
  private final EventDecoder payloads;
  private final @Nullable TextPaths paths; // null where the source's value is the text
  private final @Nullable RegistryOptions registry;
  private final EnrichmentReader enrichments = new EnrichmentReader();

  /** Creates a reader of topics that a pipeline, or one like it, writes. */
  public EnrichedReader(Pipeline pipeline) {
    this.payloads = EventDecoder.of(pipeline);
    this.paths = pipeline.text().isEmpty() ? null : new TextPaths(pipeline.text());
    this.registry = pipeline.registry();
  }

  /**
   * Reads a record.
   *
   * @throws UnreadableException if it is no enriched event
   */
  public EnrichedRecord read(SourceRecord record) throws UnreadableException {
    EnrichedValue value = EnrichedValue.of(record, registry);
    return new EnrichedRecord(value.source(), texts(value), value.enrichments(enrichments));
  }

  /** Returns the texts; none where they are not found, since a comparison can do without. */
  private List<TextField> texts(EnrichedValue value) {
    try {
      if (value.isEnvelope()) {
        return payloads.texts(value.payload());
      }
      return paths == null ? List.of() : paths.texts(value.event());
    } catch (RejectedException | IOException e) {
      return List.of();
    }
  }
}
