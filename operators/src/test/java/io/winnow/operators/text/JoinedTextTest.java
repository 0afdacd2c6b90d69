package io.winnow.operators.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JoinedTextTest {
  private static final TextField SUBJECT = new TextField("subject", "To Paris");
  private static final TextField BODY = new TextField("body", "with Ann 😀");

  @Test
  void onlyFieldIsTheText() {
    assertThat(new JoinedText(List.of(BODY)).text()).isEqualTo("with Ann 😀");
  }

  @Test
  void fieldsAreJoinedByALineBreakAndASpaceInTheirOrder() {
    assertThat(new JoinedText(List.of(SUBJECT, BODY)).text()).isEqualTo("To Paris\n with Ann 😀");
  }

  @Test
  void noFieldIsAnEmptyText() {
    JoinedText none = new JoinedText(List.of());

    assertThat(none.text()).isEmpty();
    assertThat(none.locate(0, 0)).isEmpty();
  }

  @Test
  void emptyFieldsKeepTheirPlace() {
    TextField empty = new TextField("empty", "");
    JoinedText joined = new JoinedText(List.of(empty, SUBJECT, empty, BODY));

    assertThat(joined.text()).isEqualTo("\n To Paris\n \n with Ann 😀");
    assertThat(joined.locate(0, 2)).isEmpty();
    assertThat(joined.locate(5, 10)).containsExactly(new FieldSpan("subject", 3, 8, "Paris"));
    assertThat(joined.locate(19, 22)).containsExactly(new FieldSpan("body", 5, 8, "Ann"));
  }

  @Test
  void pieceIsLocatedInItsField() {
    JoinedText joined = new JoinedText(List.of(SUBJECT, BODY));

    assertThat(joined.locate(3, 8)).containsExactly(new FieldSpan("subject", 3, 8, "Paris"));
    assertThat(joined.locate(15, 18)).containsExactly(new FieldSpan("body", 5, 8, "Ann"));
    assertThat(joined.locate(19, 21)).containsExactly(new FieldSpan("body", 9, 11, "😀"));
  }

  @Test
  void pieceOverABorderIsDivided() {
    assertThat(new JoinedText(List.of(SUBJECT, BODY)).locate(3, 14))
        .containsExactly(
            new FieldSpan("subject", 3, 8, "Paris"), new FieldSpan("body", 0, 4, "with"));
  }

  @Test
  void blankPartsOfADividedPieceAreLeftOut() {
    JoinedText joined =
        new JoinedText(
            List.of(SUBJECT, new TextField("blank", " \t "), new TextField("z", " Ann")));

    assertThat(joined.locate(3, 15)).containsExactly(new FieldSpan("subject", 3, 8, "Paris"));
    assertThat(joined.locate(3, 19))
        .containsExactly(new FieldSpan("subject", 3, 8, "Paris"), new FieldSpan("z", 0, 4, " Ann"));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void locatedPiecesAreSubstringsOfTheirFieldsAndTogetherThePiece(long seed) {
    Random random = new Random(seed);
    RandomTexts texts = new RandomTexts(seed);
    for (int i = 0; i < 500; i++) {
      List<TextField> fields =
          IntStream.range(0, 1 + random.nextInt(4))
              .mapToObj(f -> texts.next(12))
              .map(text -> new TextField(text, text))
              .toList();
      JoinedText joined = new JoinedText(fields);
      int start = random.nextInt(joined.text().length() + 1);
      assertLocated(joined, start, start + random.nextInt(joined.text().length() + 1 - start));
    }
  }

  private static void assertLocated(JoinedText joined, int start, int end) {

    StringBuilder found = new StringBuilder();
    for (FieldSpan span : joined.locate(start, end)) {
      assertThat(span.field().substring(span.start(), span.end())).isEqualTo(span.text());
      found.append(span.text());
    }
    assertThat(withoutWhiteSpace(found.toString()))
        .isEqualTo(withoutWhiteSpace(joined.text().substring(start, end)));
  }

  private static String withoutWhiteSpace(String text) {
    return text.replaceAll("\\p{javaWhitespace}", "");
  }
}
