package io.winnow.operators.seal;

import java.util.List;

/**
 * A text with the answers that it got when the bundle was sealed.
 *
 * @param answers one of each head, in the order of the bundle
 */
record GoldenRecord(String text, List<GoldenAnswer> answers) {
  GoldenRecord {
    answers = List.copyOf(answers);
  }
}
