package io.winnow.jobs.evaluation;

import java.util.Set;

/**
 * An answer held against what was expected.
 *
 * @param place where the text stands, in words
 */
public record Judgement(String place, String text, Set<Finding> expected, Answer answer) {

  /** Whether the answer is what was expected, no more and no less; a rejection never is. */
  public boolean isRight() {
    return !(answer instanceof Answer.Rejected) && answer.findings().equals(expected);
  }
}
