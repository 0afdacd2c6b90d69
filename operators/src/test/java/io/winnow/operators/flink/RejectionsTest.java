package io.winnow.operators.flink;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.winnow.operators.text.Reason;
import io.winnow.operators.text.RejectedException;
import io.winnow.schemas.DeadLetter;
import io.winnow.schemas.EnrichedEvent;
import io.winnow.schemas.Header;
import io.winnow.schemas.SourcePosition;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

final class RejectionsTest {
  private static final SourcePosition SOURCE = new SourcePosition("messages", 3, 41L, 1_700L);
  private static final List<Header> HEADERS = List.of(new Header("trace", bytes("7")));

  @Test
  void theDeadLetterHoldsTheWholeRecordAndWhatWasWrong() {
    EnrichedEvent event =
        new EnrichedEvent(SOURCE, bytes("k"), HEADERS, bytes("payload"), List.of());
    RejectedException rejection = new RejectedException(Reason.TEXT_TOO_LONG, "too long");

    assertThat(Rejections.deadLetter(event, Stage.ENRICH, rejection))
        .isEqualTo(
            new DeadLetter(
                SOURCE,
                bytes("k"),
                HEADERS,
                bytes("payload"),
                "enrich",
                "text-too-long",
                "too long"));
  }

  private static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(UTF_8));
  }
}
