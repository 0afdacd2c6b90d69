package io.winnow.jobs.evaluation;

import java.util.List;

/**
 * How good one head of a model is on a data set.
 *
 * @param dataset name of the data set's file
 * @param skipped lines of the data set about heads that were not asked for
 * @param mistakes wrong answers, the most instructive first
 */
public record Evaluation(
    ModelIdentity model,
    String dataset,
    int skipped,
    Scores scores,
    List<Judgement> mistakes,
    Speed speed) {
  public Evaluation {
    mistakes = List.copyOf(mistakes);
  }

  public Target target() {
    return scores.target();
  }
}
