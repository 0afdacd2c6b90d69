package io.winnow.jobs.format;

import io.winnow.schemas.EnrichedEvent;

/** Writes enriched events in Avro. */
record AvroEncoder() implements EventEncoder {
  @Override
  public byte[] encode(EnrichedEvent event) {
    return AvroBytes.of(event);
  }
}
