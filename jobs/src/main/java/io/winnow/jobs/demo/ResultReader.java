package io.winnow.jobs.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.winnow.jobs.format.EnrichmentReader;
import io.winnow.jobs.format.OutputHeaders;
import io.winnow.jobs.format.UnreadableException;
import io.winnow.schemas.DeadLetter;
import io.winnow.schemas.EnrichedEvent;
import io.winnow.schemas.Enrichment;
import io.winnow.schemas.SourcePosition;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/** Reads what a pipeline with JSON output wrote. */
final class ResultReader {
  private static final ObjectMapper JSON = new ObjectMapper();

  private ResultReader() {}

  /** Reads an enriched event; its payload is the record's whole value. */
  static EnrichedEvent enriched(ConsumerRecord<byte[], byte[]> record) throws IOException {
    List<Enrichment> enrichments;
    try {
      enrichments = new EnrichmentReader().read(JSON.readTree(record.value()).path("enrichments"));
    } catch (UnreadableException e) {
      throw new IOException(e.getMessage(), e);
    }
    return new EnrichedEvent(
        position(record),
        buffer(record.key()),
        List.of(),
        ByteBuffer.wrap(record.value()),
        enrichments);
  }

  /** Reads a dead letter. */
  static DeadLetter deadLetter(ConsumerRecord<byte[], byte[]> record) throws IOException {
    JsonNode letter = JSON.readTree(record.value());
    return new DeadLetter(
        position(record),
        buffer(record.key()),
        List.of(),
        payload(letter),
        letter.path("stage").asText(),
        letter.path("reason").asText(),
        letter.path("message").asText());
  }

  private static @Nullable ByteBuffer payload(JsonNode letter) throws IOException {
    JsonNode payload = letter.path("payload");
    if (payload.isNull()) {
      return null;
    }
    return ByteBuffer.wrap(
        letter.path("payloadEncoding").asText().equals("base64")
            ? payload.binaryValue()
            : payload.asText().getBytes(UTF_8));
  }

  private static SourcePosition position(ConsumerRecord<byte[], byte[]> record) {
    return new SourcePosition(
        header(record, OutputHeaders.SOURCE_TOPIC),
        Integer.parseInt(header(record, OutputHeaders.SOURCE_PARTITION)),
        Long.parseLong(header(record, OutputHeaders.SOURCE_OFFSET)),
        record.timestamp());
  }

  private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
    Header header = record.headers().lastHeader(name);
    if (header == null) {
      throw new IllegalStateException("Expected the header " + name + " in " + record.topic());
    }
    return new String(header.value(), UTF_8);
  }

  private static @Nullable ByteBuffer buffer(byte @Nullable [] bytes) {
    return bytes == null ? null : ByteBuffer.wrap(bytes);
  }
}
