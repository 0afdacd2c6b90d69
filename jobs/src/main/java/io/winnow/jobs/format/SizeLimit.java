package io.winnow.jobs.format;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.winnow.operators.text.Reason;
import io.winnow.operators.text.RejectedException;
import io.winnow.schemas.Header;
import java.io.Serializable;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The largest record that a topic takes.
 *
 * <p>Records are counted as they are before compression, since the producer's limit is too.
 *
 * @param maxBytes the topic's {@code max.message.bytes} or the producer's {@code max.request.size},
 *     whichever is less: both count a batch of one record with its overhead
 */
public record SizeLimit(int maxBytes) implements Serializable {
  private static final int BATCH_OVERHEAD_BYTES = 61;
  private static final int RECORD_OVERHEAD_BYTES = 21;
  private static final int MAX_VARINT_BYTES = 5; // before key, value, headers, and in each header

  public SizeLimit {
    if (maxBytes < 1) {
      throw new IllegalArgumentException("maxBytes must be at least 1, but is " + maxBytes);
    }
  }

  /** Returns what {@code record} takes in a batch of its own, at the most. */
  static long bytes(OutputRecord record) {
    byte[] key = record.key();
    long bytes = BATCH_OVERHEAD_BYTES + RECORD_OVERHEAD_BYTES + 3L * MAX_VARINT_BYTES;
    bytes += record.value().length + (key == null ? 0 : key.length);
    for (Header header : record.headers()) {
      bytes += 2L * MAX_VARINT_BYTES;
      bytes += header.getKey().getBytes(UTF_8).length + remaining(header.getValue());
    }

    return bytes;
  }

  boolean takes(OutputRecord record) {
    return bytes(record) <= maxBytes;
  }

  void check(OutputRecord record) throws RejectedException {
    if (!takes(record)) {
      throw new RejectedException(
          Reason.OUTPUT_TOO_LARGE,
          "Expected an enriched record of at most %d bytes, as topic '%s' takes, but it has %d, %d of them its value; raise 'max.message.bytes' of the topic and 'max.request.size' of the producer"
              .formatted(maxBytes, record.topic(), bytes(record), record.value().length));
    }
  }

  private static int remaining(@Nullable ByteBuffer buffer) {
    return buffer == null ? 0 : buffer.remaining();
  }
}
