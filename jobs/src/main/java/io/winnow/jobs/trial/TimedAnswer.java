package io.winnow.jobs.trial;

import io.winnow.jobs.evaluation.Answer;
import io.winnow.jobs.evaluation.Speed;
import io.winnow.jobs.evaluation.Target;
import java.util.Map;
import java.util.Objects;

/**
 * What a bundle says of one text.
 *
 * @param byHead an answer for each head that was asked
 * @param speed how fast; of a rejected text nothing
 */
record TimedAnswer(Map<String, Answer> byHead, Speed speed) {
  TimedAnswer {
    byHead = Map.copyOf(byHead);
  }

  Answer of(Target target) {
    return Objects.requireNonNull(byHead.get(target.head()), target.head());
  }
}
