package io.winnow.jobs.evaluation;

import java.util.ArrayList;
import java.util.Comparator;
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
 * @param scoreChanges the largest differences of scores, the largest first
 * @param disagreements texts of which they say different things, first those that one side alone
 *     has right
 * @param contest which side is better, where the right answers are known
 */
public record Comparison(
    Target target,
    int texts,
    int agreed,
    LabelCounts labels,
    Confusions changes,
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
    Confusions changes = new Confusions();
    List<Judgement> bAgainstA = new ArrayList<>();
    for (AnswerPair pair : pairs) {
      changes.add(pair.a().findings(), pair.b().findings());
      bAgainstA.add(new Judgement(pair.place(), pair.text(), pair.a().findings(), pair.b()));
    }
    return new Comparison(
        target,
        pairs.size(),
        (int) pairs.stream().filter(AnswerPair::isAgreed).count(),
        LabelCounts.of(target, bAgainstA),
        changes,
        ScoreChange.largest(pairs, most),
        disagreements(pairs, most),
        Contest.of(target, pairs, rejecting));
  }

  private static List<AnswerPair> disagreements(List<AnswerPair> pairs, int most) {
    return pairs.stream()
        .filter(pair -> !pair.isAgreed())
        .sorted(Comparator.comparing(pair -> !isDecided(pair))) // stable
        .limit(most)
        .toList();
  }

  /** Whether one side alone is right. */
  private static boolean isDecided(AnswerPair pair) {
    return pair.judgementOfA().filter(Judgement::isRight).isPresent()
        != pair.judgementOfB().filter(Judgement::isRight).isPresent();
  }

  /** Returns the share of texts of which both say the same. */
  public double agreement() {
    return Counts.ratio(agreed, texts);
  }
}
