package io.winnow.jobs.evaluation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A comparison that grows text by text and keeps no texts but a few examples, and those whose right
 * answer is known. Not thread-safe.
 */
public final class RunningComparison {
  private final int most;
  private final LabelCounts.Sum labels = new LabelCounts.Sum();
  private final Confusions changes = new Confusions();
  private final ScoreShifts shifts = new ScoreShifts();
  private final Largest scoreChanges;
  private final Sample<AnswerPair> decided;
  private final Sample<AnswerPair> undecided;
  private final List<AnswerPair> judged = new ArrayList<>();
  private long texts;
  private long agreed;

  /**
   * Creates a comparison of no texts.
   *
   * @param most texts to keep as examples at the most
   */
  public RunningComparison(int most) {
    this.most = most;
    this.scoreChanges = new Largest(most);
    this.decided = new Sample<>(most);
    this.undecided = new Sample<>(most);
  }

  public void add(AnswerPair pair) {
    texts++;
    labels.add(pair.a().findings(), pair.b().findings());
    changes.add(pair.a().findings(), pair.b().findings());
    shifts.add(pair.a(), pair.b());
    ScoreChange.of(pair).ifPresent(scoreChanges::add);
    if (pair.expected().isPresent()) {
      judged.add(pair);
    }
    if (pair.isAgreed()) {
      agreed++;
    } else {
      (isDecided(pair) ? decided : undecided).add(pair.place(), pair);
    }
  }

  /** Whether one side alone is right. */
  private static boolean isDecided(AnswerPair pair) {
    return pair.judgementOfA().filter(Judgement::isRight).isPresent()
        != pair.judgementOfB().filter(Judgement::isRight).isPresent();
  }

  /**
   * Returns the comparison of all texts so far.
   *
   * @param target the head, with the labels of both sides
   * @param rejecting the label that stands for "none of the others", if there is one
   */
  public Comparison finish(Target target, Optional<String> rejecting) {
    List<AnswerPair> disagreements = new ArrayList<>(decided.inOrder());
    disagreements.addAll(undecided.inOrder());
    return new Comparison(
        target,
        texts,
        agreed,
        labels.of(target),
        changes,
        shifts.summary(),
        scoreChanges.largestFirst(),
        disagreements.subList(0, Math.min(most, disagreements.size())),
        Contest.of(target, judged, rejecting));
  }
}
