package io.winnow.jobs.diff;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.winnow.jobs.format.SourceRecord;
import io.winnow.schemas.Header;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Records of enriched topics, in few characters. */
final class Enriched {
  private Enriched() {}

  /** A record of partition 0 that says one label of its source's record, surely. */
  static SourceRecord record(long sourceOffset, String label) {
    return record(0, sourceOffset, labels("support", "intent", "f1", label, 1));
  }

  /**
   * A record of a partition, from the same one of the source.
   *
   * @param enrichments as JSON; null for a tombstone
   */
  static SourceRecord record(int partition, long sourceOffset, @Nullable String enrichments) {
    return record(partition, partition, sourceOffset, enrichments);
  }

  static SourceRecord record(
      int partition, int sourcePartition, long sourceOffset, @Nullable String enrichments) {
    String value =
        "{\"subject\":\"Hello\",\"text\":\"Anna in Paris\",\"enrichments\":[%s]}"
            .formatted(enrichments);
    return new SourceRecord(
        "out",
        partition,
        sourceOffset + 1_000,
        1L,
        null,
        List.of(
            header("winnow-source-topic", "messages"),
            header("winnow-source-partition", Integer.toString(sourcePartition)),
            header("winnow-source-offset", Long.toString(sourceOffset))),
        enrichments == null ? null : value.getBytes(UTF_8));
  }

  private static Header header(String key, String value) {
    return new Header(key, ByteBuffer.wrap(value.getBytes(UTF_8)));
  }

  /** An enrichment of a label and its score, and more of them. */
  static String labels(String name, String head, String fingerprint, Object... labelsAndScores) {
    StringBuilder labels = new StringBuilder();
    for (int i = 0; i < labelsAndScores.length; i += 2) {
      labels
          .append(i == 0 ? "" : ",")
          .append(
              "{\"label\":\"%s\",\"score\":%s}"
                  .formatted(labelsAndScores[i], labelsAndScores[i + 1]));
    }
    return enrichment(name, head, fingerprint, "\"labels\":[%s]".formatted(labels));
  }

  /** An enrichment of one span of a field. */
  static String span(String name, String head, String field, String label, int start, int end) {
    return enrichment(
        name,
        head,
        "f1",
        "\"spans\":[{\"label\":\"%s\",\"field\":\"%s\",\"start\":%d,\"end\":%d,\"score\":0.9}]"
            .formatted(label, field, start, end));
  }

  static String enrichment(String name, String head, String fingerprint, String result) {
    return "{\"name\":\"%s\",\"head\":\"%s\",\"task\":\"t\",\"model\":\"m\",\"modelVersion\":\"1\",\"fingerprint\":\"%s\",%s}"
        .formatted(name, head, fingerprint, result);
  }
}
