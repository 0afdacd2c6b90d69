package io.winnow.jobs.evaluation;

/** What becomes of a line that has a text and nothing else. */
public enum Unlabelled {
  /** It is a problem of the data set. */
  REFUSED,
  /** It is read, and is about every head. */
  ALLOWED
}
