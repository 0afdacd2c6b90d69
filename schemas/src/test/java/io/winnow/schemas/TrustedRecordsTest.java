package io.winnow.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.apache.avro.util.ClassSecurityValidator;
import org.junit.jupiter.api.Test;

final class TrustedRecordsTest {
  @Test
  void recordsAreReadAsTheirClassesWithoutAnySystemProperty() throws IOException {
    DeadLetter letter =
        new DeadLetter(
            new SourcePosition("messages", 0, 7L, -1L),
            null,
            List.of(new Header("trace", ByteBuffer.wrap(new byte[] {1}))),
            null,
            "decode",
            "tombstone",
            "no value");

    assertThat(DeadLetter.fromByteBuffer(letter.toByteBuffer())).isEqualTo(letter);
  }

  @Test
  void otherClassesAreTrustedNoMoreThanBefore() {
    assertThatThrownBy(() -> ClassSecurityValidator.validate(ProcessBuilder.class))
        .isInstanceOf(SecurityException.class);
  }
}
