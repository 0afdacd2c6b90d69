package io.winnow.operators.text;

import java.util.Locale;

/** Why a record was rejected. The {@linkplain #code code} is a promise to users. */
public enum Reason {
  /** The record has no value. */
  TOMBSTONE,
  /** The value has more bytes than the limit. */
  RECORD_TOO_LARGE,
  /** The bytes are not valid UTF-8. */
  INVALID_UTF8,
  /** The bytes are not one JSON object. */
  INVALID_JSON,
  /** The bytes do not fit the Avro schema. */
  INVALID_AVRO,
  /** The record names a schema that the registry does not know. */
  UNKNOWN_SCHEMA,
  /** A field that holds the text is missing or null. */
  MISSING_FIELD,
  /** A field that holds the text is not a string. */
  NOT_A_STRING,
  /** The text is empty or holds white space only. */
  EMPTY_TEXT,
  /** The text has a lone surrogate. */
  INVALID_UNICODE,
  /** The text has a control character that is no white space. */
  CONTROL_CHARACTER,
  /** The text has more characters or tokens than the limit. */
  TEXT_TOO_LONG,
  /** The model refused the text, or answered with a value that is no number. */
  INFERENCE_FAILED,
  /** The process died of the record, several times in a row. */
  PROCESS_CRASHED,
  /** The record's schema has no place for the enrichments. */
  SCHEMA_CONFLICT,
  /** The enriched record is larger than the topic takes. */
  OUTPUT_TOO_LARGE;

  /** Returns the stable code, such as {@code invalid-json}. */
  public String code() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
