package io.winnow.jobs.bench.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LengthsTest {
  private static final int WINDOW = 254;

  @ParameterizedTest
  @ValueSource(ints = {12, 40, 110})
  void theMeanIsWhatWasAskedFor(int mean) {
    int[] lengths = draw(Lengths.around(mean, WINDOW), 1_000);

    assertThat(mean(lengths)).isCloseTo(mean, within(mean * 0.01));
  }

  @Test
  void eachRunOfNeighboursHasAboutTheSameMean() {
    int[] lengths = draw(Lengths.around(40, WINDOW), 1_000);

    for (int start = 0; start < lengths.length; start += 100) {
      assertThat(mean(Arrays.copyOfRange(lengths, start, start + 100))).isCloseTo(40, within(1.0));
    }
  }

  @Test
  void wideLengthsReachFromFewTokensToTheWindow() {
    int[] lengths = draw(Lengths.wide(25, WINDOW), 1_000);

    Arrays.sort(lengths);
    assertThat(lengths[500]).isBetween(24, 26);
    assertThat(lengths[0]).isLessThan(4);
    assertThat(lengths[999]).isGreaterThan(200).isLessThanOrEqualTo(WINDOW);
  }

  @Test
  void noTextIsEmptyOrLongerThanAWindow() {
    assertThat(Arrays.stream(draw(Lengths.wide(25, 10), 1_000)).boxed())
        .allSatisfy(length -> assertThat(length).isBetween(1, 10));
  }

  private static int[] draw(Lengths lengths, int count) {
    return IntStream.range(0, count).map(i -> lengths.next()).toArray();
  }

  private static double mean(int[] lengths) {
    return Arrays.stream(lengths).average().orElseThrow();
  }
}
