package io.winnow.jobs.pipeline;

import org.apache.avro.Schema;

/** What the payload of an event is. */
public sealed interface InputFormat {
  /** A JSON object. */
  record Json() implements InputFormat {}

  /** The text itself, in UTF-8. */
  record Text() implements InputFormat {}

  /** An Avro record without a header, written with exactly this schema. */
  record Avro(Schema schema) implements InputFormat {}

  /** An Avro record behind a header that names its schema in a registry. */
  record AvroRegistry() implements InputFormat {}
}
