package io.winnow.jobs.format;

import com.fasterxml.jackson.databind.JsonNode;
import io.winnow.jobs.pipeline.RegistryOptions;
import io.winnow.operators.text.RejectedException;
import io.winnow.schemas.EnrichedEvent;
import io.winnow.schemas.Enrichment;
import io.winnow.schemas.Header;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A record of a sink's topic, parsed: what one of any format of a sink has in common.
 *
 * @param source where the event was read from before
 */
public record EnrichedValue(SourceRecord record, JsonNode event, SourceOffset source) {
  private static final Pattern PARTITION = Pattern.compile("[0-9]{1,9}");
  private static final Pattern OFFSET = Pattern.compile("[0-9]{1,18}");
  private static final WriterSchemas.Written EVENT =
      new WriterSchemas.Written(EnrichedEvent.getClassSchema(), 0);

  /**
   * Parses a record; its first bytes show its format.
   *
   * @throws UnreadableException if it is no enriched event
   */
  public static EnrichedValue of(SourceRecord record, @Nullable RegistryOptions registry)
      throws UnreadableException {
    byte[] value = record.value();
    if (value == null) {
      throw new UnreadableException("tombstone", "Expected a value, found a tombstone");
    }
    try {
      JsonNode event = tree(value, registry);
      if (!event.has(JsonSplice.FIELD)) {
        throw new UnreadableException(
            "no-enrichments",
            "Expected a field 'enrichments', found none; is this a sink's topic?");
      }
      return new EnrichedValue(record, event, source(record, event));
    } catch (RejectedException e) {
      throw UnreadableException.of(e);
    }
  }

  private static JsonNode tree(byte[] value, @Nullable RegistryOptions registry)
      throws RejectedException, UnreadableException {
    if (isJson(value)) {
      return JsonReader.readObject(value);
    }
    if (!hasRegistryHeader(value)) {
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
  static boolean isJson(byte[] value) {
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

  /** An event in Avro never begins with a zero. */
  static boolean hasRegistryHeader(byte[] value) {
    return value.length > 0 && value[0] == 0;
  }

  private static SourceOffset source(SourceRecord record, JsonNode event)
      throws UnreadableException {
    Optional<SourceOffset> told = headers(record);
    if (told.isPresent()) {
      return told.get();
    }
    JsonNode enrichments = event.path(JsonSplice.FIELD);
    return position(hasPayload(event) ? event : enrichments.path(enrichments.size() - 1))
        .orElseThrow(
            () ->
                new UnreadableException(
                    "no-source",
                    "Expected headers such as '%s', or where the record was read from in its value, found neither"
                        .formatted(OutputHeaders.SOURCE_TOPIC)));
  }

  private static Optional<SourceOffset> headers(SourceRecord record) {
    Optional<String> topic = OutputHeaders.text(record.headers(), OutputHeaders.SOURCE_TOPIC);
    Optional<String> partition =
        OutputHeaders.text(record.headers(), OutputHeaders.SOURCE_PARTITION)
            .filter(text -> PARTITION.matcher(text).matches());
    Optional<String> offset =
        OutputHeaders.text(record.headers(), OutputHeaders.SOURCE_OFFSET)
            .filter(text -> OFFSET.matcher(text).matches());
    return topic.isPresent() && partition.isPresent() && offset.isPresent()
        ? Optional.of(
            new SourceOffset(
                topic.get(), Integer.parseInt(partition.get()), Long.parseLong(offset.get())))
        : Optional.empty();
  }

  /** Returns the position in the field {@code source} of an envelope, or of an enrichment. */
  private static Optional<SourceOffset> position(JsonNode node) {
    JsonNode source = node.path("source");
    return source.path("topic").isTextual()
            && source.path("partition").canConvertToInt()
            && source.path("offset").canConvertToLong()
        ? Optional.of(
            new SourceOffset(
                source.path("topic").textValue(),
                source.path("partition").intValue(),
                source.path("offset").longValue()))
        : Optional.empty();
  }

  private static boolean hasPayload(JsonNode event) {
    return event.has("payload") && event.path("source").has("offset");
  }

  /** Returns what models said; null in the field stands for nothing. */
  public List<Enrichment> enrichments(EnrichmentReader reader) throws UnreadableException {
    JsonNode found = event.path(JsonSplice.FIELD);
    return found.isNull() ? List.of() : reader.read(found);
  }

  /** Tells whether this is an envelope of ours, and not one that the source holds. */
  boolean isEnvelope() {
    return hasPayload(event) && position(event).filter(source::equals).isPresent();
  }

  /** Returns the source record's value, which an envelope holds. */
  byte[] payload() throws IOException {
    JsonNode payload = event.path("payload");
    boolean encoded = event.path("payloadEncoding").asText().equals("base64");
    return payload.isBinary() || encoded
        ? payload.binaryValue()
        : payload.asText().getBytes(StandardCharsets.UTF_8);
  }

  /** Returns the source record's headers: an event in Avro has them, others beside ours. */
  List<Header> headers() throws IOException {
    JsonNode own = event.path("headers");
    if (!isEnvelope() || !own.isArray()) {
      return OutputHeaders.withoutOurs(record.headers());
    }
    List<Header> headers = new ArrayList<>(own.size());
    for (JsonNode header : own) {
      byte[] value = header.path("value").binaryValue();
      headers.add(
          new Header(header.path("key").asText(), value == null ? null : ByteBuffer.wrap(value)));
    }
    return headers;
  }

  /** Returns the source record's timestamp: an envelope has it, others are written with it. */
  long timestamp() {
    return isEnvelope()
        ? event.path("source").path("timestamp").asLong(record.timestamp())
        : record.timestamp();
  }
}
