package io.winnow.jobs.pipeline;

/** How enriched events are written. */
public enum OutputFormat {
  /** One JSON object. */
  JSON,
  /** An Avro record of Winnow's own schema. */
  AVRO,
  /** The source's Avro record with one more field, its schema in a registry. */
  AVRO_REGISTRY
}
