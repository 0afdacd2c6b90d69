package io.winnow.jobs.redrive;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.winnow.jobs.format.SourceRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What is known of earlier redrives of a dead-letter topic, as a compacted topic keeps it: a mark
 * for each record that was sent back, and the last redrive of each pipeline.
 */
public final class Marks {
  private static final ObjectMapper JSON =
      new ObjectMapper()
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
  private static final String RUN = "run/";

  private final Map<LetterId, Mark> marks = new HashMap<>();
  private final Map<String, RedriveRun> runs = new HashMap<>();
  private final Map<String, String> texts = new HashMap<>(); // a few, again and again

  /** Takes a record of the topic; a later one counts. */
  public void add(SourceRecord record) {
    byte[] key = record.key();
    byte[] value = record.value();
    if (key == null || value == null) {
      return;
    }
    String name = new String(key, UTF_8);
    Optional<LetterId> letter = LetterId.parse(name);
    if (letter.isPresent()) {
      LetterId id = letter.get();
      String pipeline = id.pipeline() == null ? null : text(id.pipeline());
      LetterId known =
          new LetterId(pipeline, text(id.topic()), id.partition(), id.offset(), id.replay());
      Mark mark = read(record, value, Mark.class);
      marks.put(known, new Mark(mark.attempts(), mark.enriched(), text(mark.redrive())));
    } else if (name.startsWith(RUN)) {
      runs.put(name.substring(RUN.length()), read(record, value, RedriveRun.class));
    }
  }

  private String text(String text) {
    return texts.computeIfAbsent(text, same -> same);
  }

  private static <T> T read(SourceRecord record, byte[] value, Class<T> type) {
    try {
      return JSON.readValue(value, type);
    } catch (IOException e) { // to go on would be to send records twice
      throw new IllegalStateException(
          "Expected records that this version of Winnow wrote in topic '%s', found another one in partition %d at offset %d"
              .formatted(record.topic(), record.partition(), record.offset()),
          e);
    }
  }

  /**
   * Tells whether a dead letter was sent back already, it or one like it. A mark that tells of no
   * pipeline is one of any.
   */
  boolean settle(Letter letter) {
    Mark mark = marks.getOrDefault(letter.id(), marks.get(letter.id().ofAny()));
    return mark != null && mark.settles(letter.attempts());
  }

  /** Returns the last redrive of a pipeline, where it asked for the same and did not end. */
  public Optional<RedriveRun> unfinished(String pipeline, RedriveOptions options) {
    return Optional.ofNullable(runs.get(pipeline))
        .filter(run -> !run.finished() && run.options().equals(options));
  }

  /** Returns the key of the record that keeps the last redrive of a pipeline. */
  public static byte[] runKey(String pipeline) {
    return (RUN + pipeline).getBytes(UTF_8);
  }

  /** Returns a mark or a redrive as the value of a record. */
  public static byte[] value(Record markOrRun) {
    try {
      return JSON.writeValueAsBytes(markOrRun);
    } catch (IOException e) {
      throw new UncheckedIOException("A record in memory cannot fail to be written", e);
    }
  }
}
