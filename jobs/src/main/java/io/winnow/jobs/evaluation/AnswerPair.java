package io.winnow.jobs.evaluation;

import java.util.Optional;

/**
 * What two sides, A and B, say of the same text.
 *
 * @param place where the text stands, in words
 * @param expected what is right, where it is known
 */
public record AnswerPair(
    String place, String text, Optional<Expected> expected, Answer a, Answer b) {

  /** Whether both say the same, however sure they are. */
  public boolean isAgreed() {
    boolean bothAnswer = !(a instanceof Answer.Rejected) && !(b instanceof Answer.Rejected);
    return bothAnswer ? a.findings().equals(b.findings()) : a.equals(b);
  }

  Optional<Judgement> judgementOfA() {
    return judgement(a);
  }

  Optional<Judgement> judgementOfB() {
    return judgement(b);
  }

  private Optional<Judgement> judgement(Answer answer) {
    return expected.map(right -> new Judgement(place, text, right.findings(), answer));
  }
}
