package io.winnow.jobs.redrive;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.winnow.jobs.format.DeadLetterEncoder;
import io.winnow.jobs.format.OutputHeaders;
import io.winnow.jobs.format.SourceRecord;
import io.winnow.schemas.DeadLetter;
import io.winnow.schemas.Header;
import io.winnow.schemas.SourcePosition;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Records of a dead-letter topic, for tests: each in one partition, with the next offset. */
final class Letters {
  private final List<SourceRecord> records = new ArrayList<>();

  /** Adds a dead letter of a record of topic messages, partition 0. */
  Letters letter(long sourceOffset, String reason, String payload) {
    return letter("messages", sourceOffset, reason, payload, List.of());
  }

  Letters letter(
      String topic,
      long sourceOffset,
      String reason,
      @Nullable String payload,
      List<Header> headers) {
    DeadLetter letter =
        new DeadLetter(
            new SourcePosition(topic, 0, sourceOffset, 1_000 + sourceOffset),
            null,
            List.of(),
            payload == null ? null : ByteBuffer.wrap(payload.getBytes(UTF_8)),
            "decode",
            reason,
            "message of " + sourceOffset);
    DeadLetterEncoder encoder =
        records.size() % 2 == 0 ? DeadLetterEncoder.JSON : DeadLetterEncoder.AVRO;
    return value(encoder.encode(letter), headers);
  }

  Letters value(byte[] value, List<Header> headers) {
    records.add(
        new SourceRecord("dead", 0, records.size(), 1_000 + records.size(), null, headers, value));
    return this;
  }

  static Header attempts(int attempts) {
    return header(OutputHeaders.ATTEMPTS, Integer.toString(attempts));
  }

  static Header replay(String id) {
    return header(OutputHeaders.REPLAY, id);
  }

  static Header pipeline(String name) {
    return header(OutputHeaders.PIPELINE, name);
  }

  private static Header header(String key, String value) {
    return new Header(key, ByteBuffer.wrap(value.getBytes(UTF_8)));
  }

  List<SourceRecord> records() {
    return records;
  }

  /** Returns marks of earlier redrives, as they are read from their topic. */
  static Marks marks(Redone... redone) {
    Marks marks = new Marks();
    for (Redone one : redone) {
      marks.add(record(one.id().key().getBytes(UTF_8), Marks.value(one.mark())));
    }
    return marks;
  }

  static SourceRecord record(byte[] key, byte[] value) {
    return new SourceRecord("dead.redriven", 0, 0, 0, key, List.of(), value);
  }

  /** A record that was sent back, and what is known of it. */
  record Redone(LetterId id, Mark mark) {
    static Redone enriched(long sourceOffset) {
      return new Redone(
          new LetterId("support", "messages", 0, sourceOffset, null), new Mark(1, true, "first"));
    }

    static Redone again(long sourceOffset, int attempts) {
      return new Redone(
          new LetterId("support", "messages", 0, sourceOffset, null),
          new Mark(attempts, false, "first"));
    }
  }
}
