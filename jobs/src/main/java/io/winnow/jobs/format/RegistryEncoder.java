package io.winnow.jobs.format;

import io.winnow.jobs.registry.SinkSubject;
import io.winnow.operators.text.RejectedException;
import io.winnow.schemas.EnrichedEvent;
import java.util.IdentityHashMap;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/** Adds the enrichments to the Avro record that an event's value is. */
final class RegistryEncoder implements EventEncoder {
  private static final int MAX_KEPT = 1_000; // then it starts over

  private final WriterSchemas writers;
  private final SinkSubject subject;
  private transient @Nullable IdentityHashMap<Schema, Enriched>
      known; // what was derived of each schema

  RegistryEncoder(WriterSchemas writers, SinkSubject subject) {
    this.writers = writers;
    this.subject = subject;
  }

  @Override
  public byte[] encode(EnrichedEvent event) throws RejectedException {
    byte[] value = RawBytes.of(event.getPayload());
    WriterSchemas.Written written = writers.of(value);
    Enriched enriched = enriched(written.schema());
    return RegistryHeader.with(
        enriched.id(), enriched.rewriting().with(event, value, written.start()));
  }

  private Enriched enriched(Schema writer) throws RejectedException {
    if (known == null || known.size() >= MAX_KEPT) {
      this.known = new IdentityHashMap<>();
    }

    Enriched kept = known.get(writer);
    if (kept != null) {
      return kept;
    }

    Schema derived = EnrichedSchema.of(writer);
    int id = subject.id(writer, derived, EnrichedSchema::tryOf);
    Enriched enriched = new Enriched(id, new AvroRewriting(writer, derived));
    known.put(writer, enriched);
    return enriched;
  }

  private record Enriched(int id, AvroRewriting rewriting) {}
}
