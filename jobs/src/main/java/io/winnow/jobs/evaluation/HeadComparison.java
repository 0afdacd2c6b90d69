package io.winnow.jobs.evaluation;

/**
 * Where one head of two models differs on the same texts.
 *
 * @param dataset name of the data set's file, or of the topic that the texts come from
 * @param skipped lines of the data set about heads that are not compared
 * @param speedOfA {@link Speed#NONE} where nobody timed it
 * @param speedOfB {@link Speed#NONE} where nobody timed it
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
