package io.winnow.jobs.bench;

/**
 * What was answered to a text of a round.
 *
 * @param index place of the text in its round, from 0
 * @param labels label of each head that gives a text one, separated by commas; empty where a
 *     contender reads none
 */
public record Answer(int index, String labels) {}
