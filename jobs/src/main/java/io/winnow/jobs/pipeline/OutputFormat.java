package io.winnow.jobs.pipeline;

/** How records are written. */
public enum OutputFormat {
  /** One JSON object. */
  JSON,
  /** An Avro record of Winnow's own schema. */
  AVRO
}
