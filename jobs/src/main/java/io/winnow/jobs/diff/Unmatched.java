package io.winnow.jobs.diff;

/**
 * Answers of a head that could not be compared, of records that both topics have.
 *
 * @param onlyInA records that have an answer in A alone
 * @param onlyInB records that have an answer in B alone
 * @param unlike records whose answers are of different kinds, or vectors
 */
public record Unmatched(HeadName name, long onlyInA, long onlyInB, long unlike) {}
