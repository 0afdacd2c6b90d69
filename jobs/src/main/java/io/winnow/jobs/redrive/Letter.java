package io.winnow.jobs.redrive;

import io.winnow.jobs.format.DeadLetterDecoder;
import io.winnow.jobs.format.OutputHeaders;
import io.winnow.jobs.format.RawBytes;
import io.winnow.jobs.format.SourceRecord;
import io.winnow.operators.text.Reason;
import io.winnow.schemas.DeadLetter;
import io.winnow.schemas.SourcePosition;
import java.util.List;
import java.util.Optional;

/**
 * A dead letter as it lies in its topic.
 *
 * @param partition partition of the dead-letter topic
 * @param offset offset there
 * @param timestamp that of the record in the dead-letter topic
 * @param attempts how often its record was tried
 */
public record Letter(
    int partition, long offset, long timestamp, DeadLetter content, LetterId id, int attempts) {

  /** Reads a record of a dead-letter topic; empty where it is no dead letter. */
  public static Optional<Letter> of(SourceRecord record) {
    return DeadLetterDecoder.decode(record.value()).map(content -> of(record, content));
  }

  private static Letter of(SourceRecord record, DeadLetter content) {
    SourcePosition source = content.getSource();
    return new Letter(
        record.partition(),
        record.offset(),
        record.timestamp(),
        content,
        new LetterId(
            OutputHeaders.text(record.headers(), OutputHeaders.PIPELINE).orElse(null),
            source.getTopic(),
            source.getPartition(),
            source.getOffset(),
            OutputHeaders.text(record.headers(), OutputHeaders.REPLAY).orElse(null)),
        attempts(record));
  }

  private static int attempts(SourceRecord record) {
    return OutputHeaders.text(record.headers(), OutputHeaders.ATTEMPTS)
        .filter(text -> text.matches("[1-9][0-9]{0,8}"))
        .map(Integer::valueOf)
        .orElse(1);
  }

  /** Returns this dead letter as one of a pipeline, if it does not tell whose it is. */
  Letter ownedBy(String pipeline) {
    return new Letter(partition, offset, timestamp, content, id.ownedBy(pipeline), attempts);
  }

  boolean isTombstone() {
    return content.getPayload() == null && content.getReason().equals(Reason.TOMBSTONE.code());
  }

  /** Tells whether the payload did not fit into the topic. */
  boolean isCut() {
    return content.getPayload() == null && !isTombstone();
  }

  /** Returns the record that could not be enriched, as it was read from the source topic. */
  SourceRecord original() {
    SourcePosition source = content.getSource();
    return new SourceRecord(
        source.getTopic(),
        source.getPartition(),
        source.getOffset(),
        source.getTimestamp(),
        RawBytes.ofNullable(content.getKey()),
        List.copyOf(content.getHeaders()),
        RawBytes.ofNullable(content.getPayload()));
  }
}
