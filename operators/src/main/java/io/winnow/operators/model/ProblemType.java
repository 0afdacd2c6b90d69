package io.winnow.operators.model;

/** How the logits of a text classification are to be read; the names are Hugging Face's. */
public enum ProblemType {
  /** One label of several: softmax. */
  SINGLE_LABEL_CLASSIFICATION,
  /** Any number of labels: a sigmoid for each. */
  MULTI_LABEL_CLASSIFICATION,
  /** Plain values. */
  REGRESSION
}
