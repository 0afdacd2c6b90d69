package io.winnow.operators.flink;

import java.util.Locale;

/**
 * The stages of a pipeline that reject records. The {@linkplain #code code} is a promise to users.
 */
public enum Stage {
  DECODE,
  ENRICH,
  ENCODE;

  /** Returns the stable code, such as {@code decode}. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
