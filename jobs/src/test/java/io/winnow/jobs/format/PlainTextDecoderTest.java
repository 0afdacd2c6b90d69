package io.winnow.jobs.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.winnow.operators.text.Reason;
import io.winnow.operators.text.RejectedException;
import io.winnow.operators.text.TextField;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PlainTextDecoderTest {
  private static final EventDecoder DECODER = EventDecoder.text();

  @ParameterizedTest
  @ValueSource(strings = {"", " two\nlines ", "\ufeffwith a mark", "\ud83d\ude80"})
  void theWholeValueIsTheText(String text) throws RejectedException {
    assertThat(DECODER.decode(Records.of(text)).fields()).containsExactly(new TextField("", text));
  }

  @Test
  void invalidUtf8IsRejected() {
    RejectedException rejection =
        catchThrowableOfType(
            RejectedException.class,
            () -> DECODER.decode(Records.of(new byte[] {'a', (byte) 0xe9})));

    assertThat(rejection.reason()).isEqualTo(Reason.INVALID_UTF8);
  }

  @Test
  void tombstonesAreRejected() {
    RejectedException rejection =
        catchThrowableOfType(
            RejectedException.class, () -> DECODER.decode(Records.of((byte[]) null)));

    assertThat(rejection.reason()).isEqualTo(Reason.TOMBSTONE);
  }
}
