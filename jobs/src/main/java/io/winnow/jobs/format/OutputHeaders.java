package io.winnow.jobs.format;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.winnow.schemas.DeadLetter;
import io.winnow.schemas.EnrichedEvent;
import io.winnow.schemas.Header;
import io.winnow.schemas.SourcePosition;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The headers of what we write: those of the source record, and behind them ours as text. */
public final class OutputHeaders {
  public static final String SOURCE_TOPIC = "winnow-source-topic";
  public static final String SOURCE_PARTITION = "winnow-source-partition";
  public static final String SOURCE_OFFSET = "winnow-source-offset";
  public static final String PIPELINE = "winnow-pipeline";
  public static final String STAGE = "winnow-stage";
  public static final String REASON = "winnow-reason";
  public static final String REPLAY = "winnow-replay";
  public static final String REDRIVE = "winnow-redrive";
  public static final String ATTEMPTS = "winnow-attempts";

  private static final Set<String> OURS =
      Set.of(
          SOURCE_TOPIC,
          SOURCE_PARTITION,
          SOURCE_OFFSET,
          PIPELINE,
          STAGE,
          REASON,
          REPLAY,
          REDRIVE,
          ATTEMPTS);

  private OutputHeaders() {}

  static List<Header> enriched(EnrichedEvent event) {
    return withSource(event.getHeaders(), event.getSource());
  }

  static List<Header> rejected(DeadLetter letter, String pipeline) {
    List<Header> headers = withSource(letter.getHeaders(), letter.getSource());
    headers.add(header(PIPELINE, pipeline));
    headers.add(header(STAGE, letter.getStage()));
    headers.add(header(REASON, letter.getReason()));
    return headers;
  }

  static List<Header> with(List<Header> headers, String key, String value) {
    List<Header> all = new ArrayList<>(headers);
    all.add(header(key, value));
    return all;
  }

  /** Returns the text of the last header of a key; empty where there is none. */
  public static Optional<String> text(List<Header> headers, String key) {
    for (int i = headers.size() - 1; i >= 0; i--) {
      ByteBuffer value = headers.get(i).getValue();
      if (headers.get(i).getKey().equals(key) && value != null) {
        return Optional.of(UTF_8.decode(value.duplicate()).toString());
      }
    }
    return Optional.empty();
  }

  /** Returns the headers that the source record may have had; a list that more can be put to. */
  static List<Header> withoutOurs(List<Header> written) {
    List<Header> headers = new ArrayList<>(written.size() + OURS.size());
    for (Header header : written) {
      if (!OURS.contains(header.getKey())) {
        headers.add(header);
      }
    }
    return headers;
  }

  private static List<Header> withSource(List<Header> original, SourcePosition source) {
    List<Header> headers = withoutOurs(original);
    headers.add(header(SOURCE_TOPIC, source.getTopic()));
    headers.add(header(SOURCE_PARTITION, Integer.toString(source.getPartition())));
    headers.add(header(SOURCE_OFFSET, Long.toString(source.getOffset())));
    return headers;
  }

  private static Header header(String key, String value) {
    return new Header(key, ByteBuffer.wrap(value.getBytes(UTF_8)));
  }
}
