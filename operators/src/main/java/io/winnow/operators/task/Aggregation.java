package io.winnow.operators.task;

/** How the labels of tokens become spans. */
public enum Aggregation {
  /** Each token is a span of its own. */
  NONE,
  /** Neighbouring tokens of the same entity are one span. */
  SIMPLE,
  /** As simple, but a word takes the label of its first token. */
  FIRST,
  /** As simple, but a word takes the label with the best mean score of its tokens. */
  AVERAGE,
  /** As simple, but a word takes the label of its token with the best score. */
  MAX
}
