package io.winnow.operators.inference;

/**
 * One output of a forward pass over one text, as a matrix in row order: one row for the text, or
 * one for each token.
 *
 * @param values {@code rows * columns} values, not copied
 */
@SuppressWarnings("ArrayRecordComponent") // a carrier within one record's work; never compared
public record Logits(int rows, int columns, float[] values) {

  public float at(int row, int column) {
    return values[row * columns + column];
  }
}
