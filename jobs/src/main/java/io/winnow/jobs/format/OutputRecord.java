package io.winnow.jobs.format;

import io.winnow.schemas.DeadLetter;
import io.winnow.schemas.EnrichedEvent;
import io.winnow.schemas.Header;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A Kafka record to write: key, headers and timestamp of the source record, and where it came from.
 *
 * @param sourcePartition partition that the source record was read from
 * @param timestamp in milliseconds since 1970-01-01T00:00:00Z; -1 if the source record has none
 */
@SuppressWarnings("ArrayRecordComponent") // raw bytes on the hot path, never compared
public record OutputRecord(
    String topic,
    int sourcePartition,
    byte @Nullable [] key,
    List<Header> headers,
    long timestamp,
    byte[] value) {

  static OutputRecord enriched(String topic, EnrichedEvent event, byte[] value) {
    return new OutputRecord(
        topic,
        event.getSource().getPartition(),
        RawBytes.ofNullable(event.getKey()),
        OutputHeaders.enriched(event),
        event.getSource().getTimestamp(),
        value);
  }

  static OutputRecord rejected(String topic, String pipeline, DeadLetter letter, byte[] value) {
    return new OutputRecord(
        topic,
        letter.getSource().getPartition(),
        RawBytes.ofNullable(letter.getKey()),
        OutputHeaders.rejected(letter, pipeline),
        letter.getSource().getTimestamp(),
        value);
  }

  /** Returns this record with the id of the replay that wrote it; null for none. */
  OutputRecord of(@Nullable String replay) {
    return replay == null ? this : with(OutputHeaders.REPLAY, replay);
  }

  /** Returns this record with one more header, behind the others. */
  public OutputRecord with(String header, String value) {
    return new OutputRecord(
        topic,
        sourcePartition,
        key,
        OutputHeaders.with(headers, header, value),
        timestamp,
        this.value);
  }

  /** Returns the offset that the source record was read from. */
  public long sourceOffset() {
    return Long.parseLong(OutputHeaders.text(headers, OutputHeaders.SOURCE_OFFSET).orElseThrow());
  }
}
