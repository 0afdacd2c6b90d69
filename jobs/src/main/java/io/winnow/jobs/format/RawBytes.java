package io.winnow.jobs.format;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** The bytes of Avro's buffers, as Kafka's clients and JSON want them. */
public final class RawBytes {
  private RawBytes() {}

  /** Returns a copy of what remains in a buffer, and leaves it as it is. */
  public static byte[] of(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.duplicate().get(bytes);
    return bytes;
  }

  /** Returns likewise; of null, null. */
  public static byte @Nullable [] ofNullable(@Nullable ByteBuffer buffer) {
    return buffer == null ? null : of(buffer);
  }
}
