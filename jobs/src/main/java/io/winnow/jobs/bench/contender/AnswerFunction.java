package io.winnow.jobs.bench.contender;

import io.winnow.jobs.bench.Answer;
import io.winnow.jobs.bench.Round;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichMapFunction;

/** Tells the round that goes on of its answers. */
@SuppressWarnings("NullAway.Init") // the rounds are there from open on
final class AnswerFunction extends RichMapFunction<Answer, Answer> {
  private static final long serialVersionUID = 1L;

  private final RoundsReference reference;
  private transient Rounds rounds;

  AnswerFunction(RoundsReference reference) {
    this.reference = reference;
  }

  @Override
  public void open(OpenContext context) {
    this.rounds = reference.rounds();
  }

  @Override
  public Answer map(Answer answer) {
    Round round = rounds.turn().round();
    if (round == null) {
      throw new IllegalStateException(
          "Text %d was answered before a round".formatted(answer.index()));
    }
    round.answered(answer);
    return answer;
  }
}
