package io.winnow.jobs.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PageTextTest {
  @Test
  void whatReadersSeeStaysAsItIs() {
    String text = "Zoë paid 5 €\n\tمرحبا 東京 👩‍👩‍👧‍👦";

    assertThat(PageText.of(text)).isEqualTo(text);
  }

  @Test
  void whatHtmlCannotHoldIsReplacedUnitByUnit() {
    String text = "a\u0000b\u001bc\rd\u007fe\u0085f\ud83dg\ude00h";

    assertThat(PageText.of(text))
        .isEqualTo("a␀b␛c␍d\ufffde\ufffdf\ufffdg\ufffdh")
        .hasSameSizeAs(text);
  }

  @ParameterizedTest
  @CsvSource({"0,0", "1,1", "2,1", "3,3", "4,4"})
  void aBorderLiesBetweenCharacters(int position, int border) {
    assertThat(PageText.border("a😀b", position)).isEqualTo(border);
  }
}
