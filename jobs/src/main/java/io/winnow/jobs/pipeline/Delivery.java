package io.winnow.jobs.pipeline;

/** What a failure may do to the output. */
public enum Delivery {
  /** Nothing: who reads committed records sees each one once. */
  EXACTLY_ONCE,
  /** Repeat some records. */
  AT_LEAST_ONCE
}
