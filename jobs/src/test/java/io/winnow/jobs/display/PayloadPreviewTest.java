package io.winnow.jobs.display;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PayloadPreviewTest {
  @Test
  void textIsShownAsText() {
    assertThat(show(Example.bytes("{\"text\": \"grüße\n\u001B[31m\"}"), 80))
        .isEqualTo("25 bytes: {\"text\": \"grüße⏎␛[31m\"}");
  }

  @Test
  void otherBytesAreShownInHexadecimal() {
    byte[] png = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n', 0, 0, 0, 0xd};

    assertThat(show(ByteBuffer.wrap(png), 80))
        .isEqualTo("12 bytes: 89 50 4e 47 0d 0a 1a 0a 00 00 00 0d");
    assertThat(show(ByteBuffer.wrap(png), 40))
        .isEqualTo("12 bytes: 89 50 4e 47 0d 0a 1a 0a 00 00…");
    assertThat(show(ByteBuffer.wrap(new byte[] {0, 1}), 40)).isEqualTo("2 bytes: 00 01");
  }

  @Test
  void noPayloadAndAnEmptyOneDiffer() {
    assertThat(show(null, 80)).isEqualTo("no payload");
    assertThat(show(Example.bytes(""), 80)).isEqualTo("0 bytes");
    assertThat(show(Example.bytes("x"), 80)).isEqualTo("1 byte: x");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "ü", "我", "🙈"})
  void onlyTheBeginningOfALargePayloadIsRead(String letter) {
    for (int cells = 40; cells < 48; cells++) {
      String shown = show(Example.bytes("x" + letter.repeat(100_000)), cells);

      assertThat(shown).contains("bytes: x" + letter).endsWith(letter + "…");
      assertThat(VisibleText.of(shown).cells()).isBetween(cells - 1, cells);
    }
  }

  private static String show(@Nullable ByteBuffer payload, int cells) {
    return PayloadPreview.of(payload, cells).plain();
  }
}
