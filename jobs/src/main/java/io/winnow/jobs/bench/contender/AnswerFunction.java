package io.winnow.jobs.bench.contender;

import io.winnow.jobs.bench.Answer;
import io.winnow.jobs.bench.Round;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichMapFunction;

/** Tells a round of its answers. */
@SuppressWarnings("NullAway.Init") // the round is there from open on
final class AnswerFunction extends RichMapFunction<Answer, Answer> {
  private static final long serialVersionUID = 1L;

  private final RoundReference reference;
  private transient Round round;

  AnswerFunction(RoundReference reference) {
    this.reference = reference;
  }

  @Override
  public void open(OpenContext context) {
    this.round = reference.round();
  }

  @Override
  public Answer map(Answer answer) {
    round.answered(answer);
    return answer;
  }
}
