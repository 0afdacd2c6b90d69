package io.winnow.jobs.format;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.winnow.operators.text.Reason;
import io.winnow.operators.text.RejectedException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class Utf8Test {
  @ParameterizedTest
  @ValueSource(strings = {"", "plain", "caf\u00e9", "\u65e5\u672c", "\ud83d\ude80", "\ufffd", "\0"})
  void validBytesBecomeTheirText(String text) throws RejectedException {
    assertThat(Utf8.decode(text.getBytes(UTF_8))).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({
    "ff, FF, 0", // no character starts so
    "6161e9, E9, 2", // Latin-1
    "61c3, C3, 1", // ends within a character
    "c080, C0, 0", // overlong
    "efbfbded9fbfeda080, ED, 6", // a surrogate, behind a replacement character of the text itself
    "f4908080, F4, 0", // past U+10FFFF
  })
  void invalidBytesAreRejectedWithTheirPosition(String hex, String found, int position) {
    RejectedException rejection =
        catchThrowableOfType(
            RejectedException.class, () -> Utf8.decode(HexFormat.of().parseHex(hex)));

    assertThat(rejection.reason()).isEqualTo(Reason.INVALID_UTF8);
    assertThat(rejection)
        .hasMessage(
            "Expected UTF-8, but found the byte 0x%s at position %d that no character has there; correct the encoding of the producer",
            found, position);
  }

  @Test
  void anyBytesAreEitherExactTextOrNone() {
    Random random = new Random(17);
    for (int i = 0; i < 20_000; i++) {
      byte[] bytes = new byte[random.nextInt(6)];
      random.nextBytes(bytes);

      Optional<String> text = Utf8.tryDecode(bytes);

      byte[] lenient = new String(bytes, UTF_8).getBytes(UTF_8);
      assertThat(text.isPresent()).isEqualTo(Arrays.equals(lenient, bytes));
      text.ifPresent(decoded -> assertThat(decoded.getBytes(UTF_8)).isEqualTo(bytes));
    }
  }
}
