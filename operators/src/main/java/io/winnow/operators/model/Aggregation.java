package io.winnow.operators.model;

/** How labels of tokens become labels of spans; the strategies of Hugging Face's pipeline. */
public enum Aggregation {
  /** Each token that has a label is a span, with the label as the model names it. */
  NONE,
  /** Neighbouring tokens of the same label are a span. */
  SIMPLE,
  /** As simple, for words, each with the label of its first token. */
  FIRST,
  /** As simple, for words, each with the label of the highest mean score over its tokens. */
  AVERAGE,
  /** As simple, for words, each with the label of its token with the highest score. */
  MAX
}
