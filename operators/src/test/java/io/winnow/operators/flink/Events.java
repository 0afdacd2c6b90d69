package io.winnow.operators.flink;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.winnow.operators.text.TextField;
import io.winnow.schemas.EnrichedEvent;
import io.winnow.schemas.Header;
import io.winnow.schemas.SourcePosition;
import java.nio.ByteBuffer;
import java.util.List;

/** Events as the source leaves them. */
final class Events {
  private Events() {}

  /** Returns an event whose payload is its text, with a key and a header. */
  static TextEvent of(long offset, String text) {
    EnrichedEvent event =
        new EnrichedEvent(
            new SourcePosition("messages", 3, offset, 1_700L),
            bytes("key " + offset),
            List.of(new Header("trace", bytes("7"))),
            bytes(text),
            List.of());
    return new TextEvent(event, List.of(new TextField("", text)));
  }

  static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(UTF_8));
  }
}
