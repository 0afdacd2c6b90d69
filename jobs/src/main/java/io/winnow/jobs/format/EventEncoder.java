package io.winnow.jobs.format;

import io.winnow.jobs.pipeline.RegistryOptions;
import io.winnow.jobs.registry.SinkSubject;
import io.winnow.operators.text.RejectedException;
import io.winnow.schemas.EnrichedEvent;
import java.io.Serializable;
import org.apache.avro.Schema;

/** Writes an enriched event as the value of a record. An encoder is one subtask's. */
public sealed interface EventEncoder extends Serializable
    permits AvroEncoder, AvroToJsonEncoder, EnvelopeEncoder, JsonEncoder, RegistryEncoder {
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
    return new AvroToJsonEncoder(new WriterSchemas.One(schema));
  }

  /** The source's Avro record, which has a registry's header, as such a JSON object. */
  static EventEncoder jsonFromRegistry(RegistryOptions registry) {
    return new AvroToJsonEncoder(new WriterSchemas.Registered(registry));
  }

  /** The source's Avro record with one more field, its schema under {@code subject}. */
  static EventEncoder registryFromAvro(Schema schema, SinkSubject subject) {
    return new RegistryEncoder(new WriterSchemas.One(schema), subject);
  }

  /** The same of a source whose schemas are in the registry of {@code subject}. */
  static EventEncoder registryFromRegistry(SinkSubject subject) {
    return new RegistryEncoder(new WriterSchemas.Registered(subject.options()), subject);
  }

  byte[] encode(EnrichedEvent event) throws RejectedException;
}
