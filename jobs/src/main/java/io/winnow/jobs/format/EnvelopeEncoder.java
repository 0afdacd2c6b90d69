package io.winnow.jobs.format;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonGenerator;
import io.winnow.schemas.EnrichedEvent;
import io.winnow.schemas.SourcePosition;
import java.io.IOException;

/** Writes events whose values take no field of ours into a JSON object of our own. */
record EnvelopeEncoder() implements EventEncoder {
  @Override
  public byte[] encode(EnrichedEvent event) {
    return envelope(event);
  }

  static byte[] envelope(EnrichedEvent event) {
    return JsonText.of(out -> write(out, event)).getBytes(UTF_8);
  }

  private static void write(JsonGenerator out, EnrichedEvent event) throws IOException {
    out.writeStartObject();
    writeSource(out, event.getSource());
    JsonText.writeBytes(out, "key", event.getKey());
    JsonText.writeBytes(out, "payload", event.getPayload());
    out.writeFieldName(JsonSplice.FIELD);
    EnrichmentJson.writeAll(out, event.getEnrichments(), event.getSource());
    out.writeEndObject();
  }

  static void writeSource(JsonGenerator out, SourcePosition source) throws IOException {
    out.writeObjectFieldStart("source");
    JsonText.writePosition(out, source);
    out.writeNumberField("timestamp", source.getTimestamp());
    out.writeEndObject();
  }
}
