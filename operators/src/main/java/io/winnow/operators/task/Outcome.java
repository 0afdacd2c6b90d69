package io.winnow.operators.task;

import io.winnow.operators.task.AnswerCache.Answer;
import io.winnow.operators.text.RejectedException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What became of one of several texts: an answer, or the reason why there is none. */
public record Outcome(@Nullable Answer answer, @Nullable RejectedException rejection) {

  public static Outcome of(Answer answer) {
    return new Outcome(answer, null);
  }

  public static Outcome of(RejectedException rejection) {
    return new Outcome(null, rejection);
  }

  /**
   * Returns the answer.
   *
   * @throws RejectedException if there is none
   */
  public Answer orThrow() throws RejectedException {
    if (rejection != null) {
      throw rejection;
    }
    return Objects.requireNonNull(answer);
  }
}
