package io.winnow.jobs.evaluation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Which of two sides is better, over the texts whose right answer is known.
 *
 * @param both texts that both sides have exactly right
 * @param onlyA texts that side A alone has exactly right
 * @param onlyB texts that side B alone has exactly right
 * @param neither texts that neither side has exactly right
 * @param pValue of the exact McNemar test over the texts that one side alone has right
 * @param f1Difference 95 % interval of how much higher B's F1 over all labels is than A's
 */
public record Contest(
    Scores a,
    Scores b,
    int both,
    int onlyA,
    int onlyB,
    int neither,
    double pValue,
    Interval f1Difference) {
  private static final double SIGNIFICANT = 0.05;

  static Optional<Contest> of(Target target, List<AnswerPair> pairs, Optional<String> rejecting) {
    List<Judgement> ofA = new ArrayList<>();
    List<Judgement> ofB = new ArrayList<>();
    for (AnswerPair pair : pairs) {
      pair.judgementOfA().ifPresent(ofA::add);
      pair.judgementOfB().ifPresent(ofB::add);
    }
    if (ofA.isEmpty()) {
      return Optional.empty();
    }

    int both = 0;
    int onlyA = 0;
    int onlyB = 0;
    for (int i = 0; i < ofA.size(); i++) {
      boolean right = ofA.get(i).isRight();
      boolean otherRight = ofB.get(i).isRight();
      both += right && otherRight ? 1 : 0;
      onlyA += right && !otherRight ? 1 : 0;
      onlyB += !right && otherRight ? 1 : 0;
    }
    return Optional.of(
        new Contest(
            Scores.of(target, ofA, rejecting),
            Scores.of(target, ofB, rejecting),
            both,
            onlyA,
            onlyB,
            ofA.size() - both - onlyA - onlyB,
            McNemar.exact(onlyA, onlyB),
            Bootstrap.f1Difference(counts(ofA), counts(ofB))));
  }

  private static List<Counts> counts(List<Judgement> judgements) {
    return judgements.stream()
        .map(j -> Counts.between(j.expected(), j.answer().findings()))
        .toList();
  }

  /** Whether chance alone would seldom make two equally good sides differ this much. */
  public boolean isSignificant() {
    return pValue < SIGNIFICANT;
  }

  public int texts() {
    return a.examples();
  }
}
