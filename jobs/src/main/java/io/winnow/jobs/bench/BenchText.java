package io.winnow.jobs.bench;

/**
 * A text to be answered.
 *
 * @param tokens tokens of the text, special tokens not counted
 */
public record BenchText(String text, int tokens) {}
