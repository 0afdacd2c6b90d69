package io.winnow.jobs.format;

import com.fasterxml.jackson.databind.JsonNode;
import io.winnow.jobs.pipeline.Pipeline;
import io.winnow.jobs.pipeline.RegistryOptions;
import io.winnow.operators.text.RejectedException;
import io.winnow.operators.text.TextField;
import io.winnow.schemas.EnrichedEvent;
import io.winnow.schemas.Enrichment;
import io.winnow.schemas.Header;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a pipeline writes, in any format of its sink: each value shows by its first bytes
 * which one it is.
 *
 * <p>Not thread-safe.
 */
public final class EnrichedReader {
  private static final Pattern PARTITION = Pattern.compile("[0-9]{1,9}");
  private static final Pattern OFFSET = Pattern.compile("[0-9]{1,18}");
  private static final WriterSchemas.Written EVENT =
      new WriterSchemas.Written(EnrichedEvent.getClassSchema(), 0);

  private final EventDecoder payloads;
  private final @Nullable TextPaths paths; // null where the source's value is the text
  private final @Nullable RegistryOptions registry;
  private final EnrichmentReader enrichments = new EnrichmentReader();

  /** Creates a reader of topics that a pipeline, or one like it, writes. */
  public EnrichedReader(Pipeline pipeline) {
    this.payloads = EventDecoder.of(pipeline);
    this.paths = pipeline.text().isEmpty() ? null : new TextPaths(pipeline.text());
    this.registry = pipeline.registry();
  }

  /**
   * Reads a record.
   *
   * @throws UnreadableException if it is no enriched event
   */
  public EnrichedRecord read(SourceRecord record) throws UnreadableException {
    byte[] value = record.value();
    if (value == null) {
      throw new UnreadableException("tombstone", "Expected a value, found a tombstone");
    }
    try {
      JsonNode event = tree(value);
      if (!event.has(JsonSplice.FIELD)) {
        throw new UnreadableException(
            "no-enrichments",
            "Expected a field 'enrichments', found none; is this a sink's topic?");
      }
      JsonNode found = event.path(JsonSplice.FIELD);
      List<Enrichment> read = found.isNull() ? List.of() : enrichments.read(found);
      return new EnrichedRecord(source(record, event, found), texts(event), read);
    } catch (RejectedException e) {
      throw UnreadableException.of(e);
    }
  }

  private JsonNode tree(byte[] value) throws RejectedException, UnreadableException {
    if (isJson(value)) {
      return JsonReader.readObject(value);
    }
    if (value.length == 0 || value[0] != 0) { // which an event in Avro never begins with
      return AvroReader.read(EVENT, value);
    }
    if (registry == null) {
      throw new UnreadableException(
          "no-registry",
          "Expected JSON or Avro of Winnow's own, found a registry's header; name the registry under 'schema-registry'");
    }
    return AvroReader.read(new WriterSchemas.Registered(registry).of(value), value);
  }

  /** An event in Avro begins with a topic's name, in which there is neither. */
  private static boolean isJson(byte[] value) {
    for (byte b : value) {
      if (b == '{' || b == (byte) 0xef) { // of a byte order mark
        return true;
      }
      if (b != ' ' && b != '\n' && b != '\r' && b != '\t') {
        return false;
      }
    }
    return false;
  }

  private static SourceOffset source(SourceRecord record, JsonNode event, JsonNode enrichments)
      throws UnreadableException {
    Map<String, String> headers = headers(record);
    String topic = headers.get(OutputHeaders.SOURCE_TOPIC);
    String partition = headers.getOrDefault(OutputHeaders.SOURCE_PARTITION, "");
    String offset = headers.getOrDefault(OutputHeaders.SOURCE_OFFSET, "");
    if (topic != null
        && PARTITION.matcher(partition).matches()
        && OFFSET.matcher(offset).matches()) {
      return new SourceOffset(topic, Integer.parseInt(partition), Long.parseLong(offset));
    }
    JsonNode source = isEnvelope(event) ? event.path("source") : lastSource(enrichments);
    if (source.path("topic").isTextual()
        && source.path("partition").canConvertToInt()
        && source.path("offset").canConvertToLong()) {
      return new SourceOffset(
          source.path("topic").textValue(),
          source.path("partition").intValue(),
          source.path("offset").longValue());
    }
    throw new UnreadableException(
        "no-source",
        "Expected headers such as '%s', or where the record was read from in its value, found neither"
            .formatted(OutputHeaders.SOURCE_TOPIC));
  }

  /** Those before it may be of pipelines before. */
  private static JsonNode lastSource(JsonNode enrichments) {
    return enrichments.path(enrichments.size() - 1).path("source");
  }

  private static Map<String, String> headers(SourceRecord record) {
    Map<String, String> headers = new HashMap<>();
    for (Header header : record.headers()) {
      ByteBuffer value = header.getValue();
      if (value != null) {
        headers.put(header.getKey(), StandardCharsets.UTF_8.decode(value.duplicate()).toString());
      }
    }
    return headers;
  }

  private static boolean isEnvelope(JsonNode event) {
    return event.has("payload") && event.path("source").has("offset");
  }

  /** Returns the texts; none where they are not found, since a comparison can do without. */
  private List<TextField> texts(JsonNode event) {
    try {
      if (isEnvelope(event)) {
        return payloads.texts(payload(event.path("payload"), event));
      }
      return paths == null ? List.of() : paths.texts(event);
    } catch (RejectedException | IOException e) {
      return List.of();
    }
  }

  private static byte[] payload(JsonNode payload, JsonNode event) throws IOException {
    boolean encoded = event.path("payloadEncoding").asText().equals("base64");
    return payload.isBinary() || encoded
        ? payload.binaryValue()
        : payload.asText().getBytes(StandardCharsets.UTF_8);
  }
}
