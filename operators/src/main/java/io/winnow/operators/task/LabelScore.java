package io.winnow.operators.task;

/**
 * A label of a text.
 *
 * @param score probability from 0 to 1, or the plain value of a regression
 */
public record LabelScore(String label, float score) {}
