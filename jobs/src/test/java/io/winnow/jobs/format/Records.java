package io.winnow.jobs.format;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.winnow.schemas.Header;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Source records for tests: all of topic messages, partition 3, offset 41. */
final class Records {
  static final List<Header> HEADERS =
      List.of(new Header("trace", ByteBuffer.wrap(bytes("7"))), new Header("empty", null));

  private Records() {}

  static SourceRecord of(byte @Nullable [] value) {
    return new SourceRecord("messages", 3, 41, 1_700_000_000_000L, bytes("k"), HEADERS, value);
  }

  static SourceRecord of(String value) {
    return of(bytes(value));
  }

  static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }
}
