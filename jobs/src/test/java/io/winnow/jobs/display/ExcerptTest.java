package io.winnow.jobs.display;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.winnow.schemas.Span;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExcerptTest {
  private static final String LETTER =
      "Good morning. On 14 February I see a payment to QUILLOTTER MEDIA on my statement. I have never"
          + " bought anything from them. Please look into it. Thank you, Helena Vostrikova";

  @Test
  void aTextThatFitsIsWhole() {
    String text = "My card has not arrived in Berlin yet";

    assertThat(show(text, 42, Example.span(text, "Berlin", "LOC")))
        .isEqualTo("My card has not arrived in Berlin[LOC] yet");
  }

  @Test
  void spansStayAndWhatLiesBetweenIsShortened() {
    assertThat(
            show(
                LETTER,
                90,
                Example.span(LETTER, "QUILLOTTER MEDIA", "ORG"),
                Example.span(LETTER, "Helena Vostrikova", "PER")))
        .isEqualTo("Good morning. … to QUILLOTTER MEDIA[ORG] on my … you, Helena Vostrikova[PER]");
  }

  @Test
  void spansThatFindNoRoomAreCounted() {
    String text = "Anna Bertha Clara Dora Emma";
    Span[] spans =
        Arrays.stream(text.split(" ", -1))
            .map(name -> Example.span(text, name, "PER"))
            .toArray(Span[]::new);

    assertThat(show(text, 30, spans)).isEqualTo("Anna[PER] Bertha[PER] … +3");
  }

  @Test
  void aSpanLongerThanHalfTheLineIsShortenedItself() {
    assertThat(show(LETTER, 60, new Span("QUOTE", "", 0, LETTER.length(), LETTER, 0.9f)))
        .isEqualTo("Good morning. …trikova[QUOTE]");
  }

  @ParameterizedTest
  @ValueSource(ints = {30, 40, 60, 80, 100, 120, 160})
  void noExcerptIsWiderThanItsCells(int cells) {
    List<Stretch> excerpt =
        Excerpt.of(
            Stretch.of(
                LETTER,
                List.of(
                    Example.span(LETTER, "14 February", "DATE"),
                    Example.span(LETTER, "QUILLOTTER MEDIA", "ORG"),
                    Example.span(LETTER, "Helena Vostrikova", "PER"))),
            cells);

    assertThat(excerpt.stream().mapToInt(Stretch::cells).sum()).isBetween(15, cells);
  }

  @Test
  void ofSpansThatOverlapTheFirstAndLongestIsShown() {
    String text = "New York City Hall";

    assertThat(
            show(
                text,
                80,
                Example.span(text, "City Hall", "FAC"),
                Example.span(text, "New York", "LOC"),
                Example.span(text, "New York City", "CITY")))
        .isEqualTo("New York City[CITY] Hall");
  }

  @Test
  void aSpanThatEndsInsideAGlyphTakesItWhole() {
    String text = "Cafe\u0301 here";

    assertThat(show(text, 80, new Span("ORG", "", 0, 4, "Cafe", 0.9f)))
        .isEqualTo("Cafe\u0301[ORG] here");
  }

  @Test
  void aSpanOfAnotherTextIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Stretch.of("short", List.of(new Span("LOC", "", 2, 9, "", 0.9f))))
        .withMessage(
            "Span LOC from 2 to 9 must lie in the text, but that has 5 characters; show the text that the span was found in");
  }

  private static String show(String text, int cells, Span... spans) {
    return Excerpt.of(Stretch.of(text, List.of(spans)), cells).stream()
        .map(s -> s.text().plain() + s.tag().plain())
        .collect(Collectors.joining());
  }
}
