package io.winnow.jobs.evaluation;

import java.util.List;
import java.util.Optional;

/**
 * Where two sides, A and B, differ over the same texts, wherever their answers come from.
 *
 * @param texts texts that both were given
 * @param agreed texts of which both say the same
 * @param labels counts of each label with A in the place of what is expected: hits are kept, false
 *     alarms gained and misses lost from A to B
 * @param changes which label of A became which label of B
 * @param scoreShift how the scores of what both find differ
 * @param scoreChanges the largest differences of scores, the largest first
 * @param disagreements some texts of which they say different things, first those that one side
 *     alone has right
 * @param contest which side is better, where the right answers are known
 */
public record Comparison(
    Target target,
    long texts,
    long agreed,
    LabelCounts labels,
    Confusions changes,
    ScoreShift scoreShift,
    List<ScoreChange> scoreChanges,
    List<AnswerPair> disagreements,
    Optional<Contest> contest) {

  public Comparison {
    scoreChanges = List.copyOf(scoreChanges);
    disagreements = List.copyOf(disagreements);
  }

  /**
   * Compares answers.
   *
   * @param target the head, with the labels of both sides
   * @param rejecting the label that stands for "none of the others", if there is one
   * @param most texts to keep as examples at the most
   */
  public static Comparison of(
      Target target, List<AnswerPair> pairs, Optional<String> rejecting, int most) {
    RunningComparison comparison = new RunningComparison(most);
    pairs.forEach(comparison::add);
    return comparison.finish(target, rejecting);
  }

  /** Returns the share of texts of which both say the same. */
  public double agreement() {
    return Counts.ratio((double) agreed, texts);
  }
}
