package io.winnow.operators.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WindowTest {

  @ParameterizedTest(name = "{0} tokens in windows of {1} that share {2}, {3} at the most")
  @CsvSource({
    "0, 10, 2, 64, 0-0",
    "1, 10, 2, 64, 0-1",
    "10, 10, 2, 64, 0-10",
    "11, 10, 2, 64, 0-10 1-11",
    "18, 10, 2, 64, 0-10 8-18",
    "19, 10, 2, 64, 0-10 8-18 9-19",
    "26, 10, 2, 64, 0-10 8-18 16-26",
    "20, 10, 0, 64, 0-10 10-20",
    "21, 10, 0, 64, 0-10 10-20 11-21",
    "12, 10, 9, 64, 0-10 1-11 2-12",
    "26, 10, 2, 3, 0-10 8-18 16-26",
    "26, 10, 2, 2, 0-10 8-18",
    "26, 10, 2, 1, 0-10",
  })
  void textIsCoveredByWindowsOfOneSizeTheLastOneEndingWithIt(
      int tokens, int capacity, int stride, int limit, String expected) {
    List<String> windows =
        Window.cover(tokens, capacity, stride, limit).stream()
            .map(w -> w.start() + "-" + w.end())
            .toList();

    assertThat(String.join(" ", windows)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void everyTokenIsCoveredAndNeighboursShareAtLeastTheStride(long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < 1000; i++) {
      int capacity = 1 + random.nextInt(200);
      assertCovers(random.nextInt(2000), capacity, random.nextInt(capacity));
    }
  }

  private static void assertCovers(int tokens, int capacity, int stride) {
    List<Window> windows = Window.cover(tokens, capacity, stride, Integer.MAX_VALUE);

    assertThat(windows).hasSize(Window.count(tokens, capacity, stride));
    assertThat(windows.get(0).start()).isZero();
    assertThat(windows.get(windows.size() - 1).end()).isEqualTo(tokens);
    assertThat(windows).allSatisfy(w -> assertThat(w.size()).isEqualTo(Math.min(tokens, capacity)));
    for (int i = 1; i < windows.size(); i++) {
      assertThat(windows.get(i).start()).isGreaterThan(windows.get(i - 1).start());
      assertThat(windows.get(i - 1).end() - windows.get(i).start()).isGreaterThanOrEqualTo(stride);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 30, 31, 53, 54, 500})
  void limitKeepsTheFirstWindows(int tokens) {
    List<Window> all = Window.cover(tokens, 30, 7, Integer.MAX_VALUE);

    for (int limit = 1; limit < 30; limit++) {
      assertThat(Window.cover(tokens, 30, 7, limit))
          .isEqualTo(all.subList(0, Math.min(limit, all.size())));
    }
  }

  @Test
  void windowMustHoldMoreThanTheStride() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Window.cover(5, 8, 8, 64))
        .withMessage("A window must hold more tokens than the stride of 8, but holds 8");
  }

  @ParameterizedTest(name = "token {2} of {3} in {0}-{1}")
  @CsvSource({
    "0, 10, 0, 30, 9",
    "0, 10, 9, 30, 0",
    "8, 18, 9, 30, 1",
    "8, 18, 13, 30, 4",
    "20, 30, 20, 30, 0",
    "20, 30, 29, 30, 9",
    "0, 10, 4, 10, 2147483647",
  })
  void contextEndsAtTheNearerEdgeThatIsNotOneOfTheText(
      int start, int end, int token, int tokens, int context) {
    assertThat(new Window(start, end).context(token, tokens)).isEqualTo(context);
  }
}
