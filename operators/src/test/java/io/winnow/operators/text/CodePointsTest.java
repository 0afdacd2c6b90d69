package io.winnow.operators.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;

class CodePointsTest {
  static final List<Arguments> TEXTS =
      List.of(
          Arguments.of("", List.of(0)),
          Arguments.of("abc", List.of(0, 1, 2, 3)),
          Arguments.of("žluť", List.of(0, 1, 2, 3, 4)),
          Arguments.of("a😀b", List.of(0, 1, 3, 4)),
          Arguments.of("😀😀", List.of(0, 2, 4)),
          Arguments.of("👩‍🚀", List.of(0, 2, 3, 5)),
          Arguments.of("e\u0301", List.of(0, 1, 2)));

  @ParameterizedTest
  @FieldSource("TEXTS")
  void positionsAreThoseOfJava(String text, List<Integer> expected) {
    CodePoints points = new CodePoints(text);

    assertThat(IntStream.range(0, expected.size()).map(points::toUtf16).boxed().toList())
        .isEqualTo(expected);
  }

  @Test
  void positionsAgreeWithThoseThatJavaCounts() {
    RandomTexts texts = new RandomTexts(1);
    for (int round = 0; round < 200; round++) {
      String text = texts.next(50);
      CodePoints points = new CodePoints(text);

      for (int i = 0; i <= text.codePointCount(0, text.length()); i++) {
        assertThat(points.toUtf16(i)).isEqualTo(text.offsetByCodePoints(0, i));
      }
    }
  }
}
