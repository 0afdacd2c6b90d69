package io.winnow.jobs.format;

import io.winnow.schemas.DeadLetter;
import io.winnow.schemas.Header;
import io.winnow.schemas.SourcePosition;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The topic of dead letters, and how they are written to it.
 *
 * <p>A dead letter must never stop a stream: one that is too large for the topic is written without
 * its payload, and, where that is not enough, without key and headers.
 *
 * @param pipeline name of the pipeline, whose they are: several may share the topic
 * @param replay id of the replay that writes them; null for a job that runs on
 */
public record DeadLetterOutput(
    String topic,
    String pipeline,
    DeadLetterEncoder encoder,
    SizeLimit limit,
    @Nullable String replay)
    implements Serializable {

  OutputRecord record(DeadLetter letter) {
    OutputRecord whole = encode(letter);
    if (limit.takes(whole)) {
      return whole;
    }

    String message = letter.getMessage() + note(letter, SizeLimit.bytes(whole));
    OutputRecord withoutPayload =
        encode(shortened(letter, letter.getKey(), letter.getHeaders(), message));
    return limit.takes(withoutPayload)
        ? withoutPayload
        : encode(
            shortened(letter, null, List.of(), message + "; key and headers were left out too"));
  }

  private OutputRecord encode(DeadLetter letter) {
    return OutputRecord.rejected(topic, pipeline, letter, encoder.encode(letter)).of(replay);
  }

  private static DeadLetter shortened(
      DeadLetter letter, @Nullable ByteBuffer key, List<Header> headers, String message) {
    return new DeadLetter(
        letter.getSource(), key, headers, null, letter.getStage(), letter.getReason(), message);
  }

  private String note(DeadLetter letter, long bytes) {
    ByteBuffer payload = letter.getPayload();
    SourcePosition source = letter.getSource();
    return "; the payload of %d bytes was left out, since topic '%s' takes %d bytes and the dead letter has %d: read it from topic '%s', partition %d, offset %d"
        .formatted(
            payload == null ? 0 : payload.remaining(),
            topic,
            limit.maxBytes(),
            bytes,
            source.getTopic(),
            source.getPartition(),
            source.getOffset());
  }
}
