package io.winnow.jobs.pipeline;

/** How dead letters are written. */
public enum DeadLetterFormat {
  /** One JSON object. */
  JSON,
  /** An Avro record of Winnow's own schema. */
  AVRO
}
