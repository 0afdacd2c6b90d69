package io.winnow.jobs.format;

import io.winnow.operators.flink.Stage;
import io.winnow.operators.text.RejectedException;
import io.winnow.schemas.DeadLetter;
import io.winnow.schemas.EnrichedEvent;
import io.winnow.schemas.Header;
import io.winnow.schemas.SourcePosition;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A Kafka record as it was read, with nothing decoded.
 *
 * @param timestamp in milliseconds since 1970-01-01T00:00:00Z; -1 if it has none
 * @param value null for a tombstone
 */
@SuppressWarnings("ArrayRecordComponent") // raw bytes on the hot path, never compared
public record SourceRecord(
    String topic,
    int partition,
    long offset,
    long timestamp,
    byte @Nullable [] key,
    List<Header> headers,
    byte @Nullable [] value) {

  public SourcePosition position() {
    return new SourcePosition(topic, partition, offset, timestamp);
  }

  /** Returns the event of this record's {@code payload}, without enrichments. */
  EnrichedEvent event(byte[] payload) {
    return new EnrichedEvent(position(), buffer(key), headers, ByteBuffer.wrap(payload), List.of());
  }

  /** Returns this record, whole, with what was wrong with it. */
  public DeadLetter deadLetter(Stage stage, RejectedException rejection) {
    return new DeadLetter(
        position(),
        buffer(key),
        headers,
        buffer(value),
        stage.code(),
        rejection.reason().code(),
        rejection.getMessage());
  }

  private static @Nullable ByteBuffer buffer(byte @Nullable [] bytes) {
    return bytes == null ? null : ByteBuffer.wrap(bytes);
  }
}
