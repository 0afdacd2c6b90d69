package io.winnow.jobs.evaluation;

import java.util.Optional;

/**
 * A line of a data set.
 *
 * @param line its number, from 1
 * @param head the head that it is about, where it names one
 * @param expected what is right, where it is known
 */
public record Example(int line, String text, Optional<String> head, Optional<Expected> expected) {

  /** Returns where it stands, in words. */
  public String place() {
    return "line " + line;
  }
}
