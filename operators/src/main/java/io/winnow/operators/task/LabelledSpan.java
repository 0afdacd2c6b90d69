package io.winnow.operators.task;

/**
 * A labelled piece of a text.
 *
 * @param start first position, in UTF-16 code units
 * @param end position behind the piece, in UTF-16 code units
 * @param score probability from 0 to 1
 */
public record LabelledSpan(String label, int start, int end, float score) {}
