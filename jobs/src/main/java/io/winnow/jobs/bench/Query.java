package io.winnow.jobs.bench;

/**
 * A text of a round on its way to be answered.
 *
 * @param index place of the text in its round, from 0
 */
public record Query(int index, String text) {}
