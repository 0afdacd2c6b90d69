package io.winnow.jobs.format;

import io.winnow.operators.text.RejectedException;
import io.winnow.schemas.EnrichedEvent;
import java.io.Serializable;
import org.apache.avro.Schema;

/** Writes an enriched event as the value of a record. Implementations are immutable. */
public sealed interface EventEncoder extends Serializable
    permits AvroEncoder, AvroToJsonEncoder, EnvelopeEncoder, JsonEncoder {
  /** {@link EnrichedEvent} in Avro's binary encoding, whatever the source holds. */
  static EventEncoder avro() {
    return new AvroEncoder();
  }

  /** The JSON object of the source, untouched, with one more field {@code enrichments}. */
  static EventEncoder jsonFromJson() {
    return new JsonEncoder();
  }

  /** The envelope, a JSON object that holds the source's text. */
  static EventEncoder jsonFromText() {
    return new EnvelopeEncoder();
  }

  /** The source's Avro record as a JSON object, with one more field {@code enrichments}. */
  static EventEncoder jsonFromAvro(Schema schema) {
    return new AvroToJsonEncoder(schema);
  }

  byte[] encode(EnrichedEvent event) throws RejectedException;
}
