package io.winnow.jobs.redrive;

/**
 * What came of a record whose dead letter was sent back.
 *
 * @param attempts that of its dead letter
 * @param enriched false where it failed again, and so has a dead letter of one attempt more
 * @param redrive id of the redrive that sent it
 */
public record Mark(int attempts, boolean enriched, String redrive) {

  /** Tells whether a dead letter of so many attempts need not be sent any more. */
  boolean settles(int attemptsOfLetter) {
    return enriched || attemptsOfLetter <= attempts;
  }
}
