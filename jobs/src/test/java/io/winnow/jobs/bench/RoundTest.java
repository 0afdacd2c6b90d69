package io.winnow.jobs.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RoundTest {
  private final Round round = new Round(texts(20));

  @Test
  void eachTextIsHandedOutOnce() {
    List<Integer> taken = new ArrayList<>();
    for (OptionalInt next = round.next(); next.isPresent(); next = round.next()) {
      taken.add(next.getAsInt());
    }

    assertThat(taken).isEqualTo(IntStream.range(0, 20).boxed().toList());
    assertThat(round.next()).isEmpty();
  }

  @Test
  void theMiddleIsMeasured() {
    answerAll(round);

    Measurement measured = round.measurement();

    assertThat(round.whole()).isCompleted();
    assertThat(measured.events()).isEqualTo(18 - 4);
    // Text i has i tokens: those of the fifth to the eighteenth.
    assertThat(measured.tokens()).isEqualTo(IntStream.range(4, 18).sum());
    assertThat(measured.seconds()).isPositive();
    assertThat(measured.cpuSeconds()).isNotNegative();
    assertThat(measured.p99Millis()).isGreaterThanOrEqualTo(measured.p50Millis());
    assertThat(round.answer(7)).isEqualTo("label 7");
  }

  @Test
  void whatIsReadOfATextIsCounted() {
    Round firstWindows =
        new Round(
            Collections.nCopies(20, new BenchText("long", 300, 100)), BenchText::firstWindowTokens);

    answerAll(firstWindows);

    assertThat(firstWindows.measurement().tokens()).isEqualTo((18 - 4) * 100L);
  }

  @Test
  void aTextThatWasNotAnsweredIsTold() {
    for (int i = 0; i < 19; i++) {
      round.answered(new Answer(i, ""));
    }

    assertThat(round.whole()).isNotDone();
    assertThatIllegalStateException()
        .isThrownBy(round::measurement)
        .withMessage("Expected an answer to each of 20 texts of a round, found 19");
    assertThatIllegalStateException().isThrownBy(() -> round.answer(19));
  }

  @Test
  void aTextThatIsAnsweredTwiceIsTold() {
    round.answered(new Answer(3, "a"));

    assertThatIllegalStateException()
        .isThrownBy(() -> round.answered(new Answer(3, "a")))
        .withMessageContaining("Text 3");
  }

  @Test
  void aRoundHasAMiddle() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Round(texts(9)))
        .withMessageContaining("at least 10 texts, but has 9");
  }

  private static void answerAll(Round round) {
    for (OptionalInt next = round.next(); next.isPresent(); next = round.next()) {
      round.answered(new Answer(next.getAsInt(), "label " + next.getAsInt()));
    }
  }

  private static List<BenchText> texts(int count) {
    return IntStream.range(0, count).mapToObj(i -> new BenchText("text " + i, i)).toList();
  }
}
