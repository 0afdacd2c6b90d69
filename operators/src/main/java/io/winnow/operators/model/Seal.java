package io.winnow.operators.model;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What {@code winnow seal} wrote of a bundle, so that a copy on any machine is held against it.
 *
 * @param fingerprint fingerprint of the bundle as it is, with no option of a pipeline
 * @param tolerance how far a score may be from that of a golden record
 * @param machine where the golden records were answered
 * @param files SHA-256 of each file that decides answers, in hexadecimal, by its path in the bundle
 */
public record Seal(
    String fingerprint,
    double tolerance,
    Machine machine,
    BatchInvariance batchInvariance,
    SortedMap<String, String> files) {

  /** What kernels of another CPU may move a score by where activations are rounded to 8 bits. */
  public static final double DEFAULT_TOLERANCE = 0.05;

  /** File of the golden records in a bundle: texts with the answers that they must get. */
  public static final String GOLDEN_RECORDS = "golden.jsonl";

  public Seal {
    files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
  }
}
