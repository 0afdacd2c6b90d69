package io.winnow.operators.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TextPolicyTest {
  private static final int LIMIT = 20;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a",
        "two\r\nlines\t\u000b\f\u0085",
        "\ud83d\udc69\u200d\ud83d\ude80 emoji",
        "\u65e5\u672c\u8a9e",
        "\u0627\u0644\u0639\u0631\u0628\u064a\u0629",
        "\u00a0\ufeff no-break",
        "12345678901234567890",
      })
  void textOfAnyScriptIsAccepted(String text) {
    assertThatCode(() -> TextPolicy.check(text, LIMIT)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\t\r\n\u000b\f\u0085", "\u00a0\u2003\u3000\u2028"})
  void emptyAndBlankTextIsRejected(String text) {
    assertThat(rejectionOf(text).reason()).isEqualTo(Reason.EMPTY_TEXT);
  }

  @Test
  void blankTextIsToldFromNone() {
    assertThat(rejectionOf("")).hasMessage("Expected a text, but found none");
    assertThat(rejectionOf(" \n"))
        .hasMessage("Expected a text, but found 2 characters of white space only");
  }

  @ParameterizedTest
  @CsvSource({
    "high at the end, 4",
    "high before a letter, 2",
    "low alone, 3",
    "pair in the wrong order, 1",
    "second high, 3",
  })
  void loneSurrogatesAreRejectedWithTheirPosition(String which, int position) {
    RejectedException rejection = rejectionOf(surrogates(which));

    assertThat(rejection.reason()).isEqualTo(Reason.INVALID_UNICODE);
    assertThat(rejection).hasMessageEndingWith("at character " + position);
  }

  @Test
  void theLoneSurrogateIsNamed() {
    assertThat(rejectionOf("ab\ud83dc"))
        .hasMessage("Expected Unicode text, but found the lone surrogate U+D83D at character 2");
  }

  @ParameterizedTest
  @ValueSource(chars = {'\0', '\u0001', '\b', '\u000e', '\u001b', '\u007f', '\u0080', '\u009f'})
  void controlCharactersAreRejectedWithTheirPosition(char control) {
    RejectedException rejection = rejectionOf("abc" + control);

    assertThat(rejection.reason()).isEqualTo(Reason.CONTROL_CHARACTER);
    assertThat(rejection)
        .hasMessage(
            "Expected text, but found the control character U+%04X at character 3; remove it at its source",
            (int) control);
  }

  @Test
  void textPastTheLimitIsRejectedWithBothLengths() {
    RejectedException rejection = rejectionOf("x".repeat(LIMIT + 1));

    assertThat(rejection.reason()).isEqualTo(Reason.TEXT_TOO_LONG);
    assertThat(rejection)
        .hasMessage(
            "Expected a text of at most 20 characters, but found 21; raise 'max-characters' or shorten it at its source");
  }

  private static String surrogates(String which) {
    return switch (which) {
      case "high at the end" -> "abcd\ud83d";
      case "high before a letter" -> "ab\ud83dc";
      case "low alone" -> "abc\ude80d";
      case "pair in the wrong order" -> "a\ude80\ud83d";
      case "second high" -> "a\ud83d\ude80\ud83d";
      default -> throw new IllegalArgumentException(which);
    };
  }

  private static RejectedException rejectionOf(String text) {
    return catchThrowableOfType(RejectedException.class, () -> TextPolicy.check(text, LIMIT));
  }
}
