package io.winnow.jobs.evaluation;

/**
 * Where one head of two models differs on a data set.
 *
 * @param dataset name of the data set's file
 * @param skipped lines of the data set about heads that were not asked for
 */
public record HeadComparison(
    ModelIdentity a,
    ModelIdentity b,
    String dataset,
    int skipped,
    Comparison comparison,
    Speed speedOfA,
    Speed speedOfB) {

  public Target target() {
    return comparison.target();
  }
}
