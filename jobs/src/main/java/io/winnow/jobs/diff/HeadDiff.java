package io.winnow.jobs.diff;

import io.winnow.jobs.evaluation.HeadComparison;

/**
 * Where one head of an enrichment differs between two topics.
 *
 * @param comparison with the models that most of the answers come from
 * @param othersOfA answers of A that come from another model
 * @param othersOfB answers of B that come from another model
 */
public record HeadDiff(HeadName name, HeadComparison comparison, long othersOfA, long othersOfB) {}
