package io.winnow.jobs.format;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import io.winnow.operators.text.RejectedException;
import io.winnow.schemas.EnrichedEvent;
import java.io.IOException;
import java.util.Map;

/** Writes the Avro record that an event's value is as a JSON object, with the enrichments. */
record AvroToJsonEncoder(WriterSchemas writers) implements EventEncoder {
  @Override
  public byte[] encode(EnrichedEvent event) throws RejectedException {
    byte[] value = RawBytes.of(event.getPayload());
    WriterSchemas.Written written = writers.of(value);
    if (written.schema().getField(JsonSplice.FIELD) != null) {
      return EnvelopeEncoder.envelope(event);
    }

    JsonNode record = AvroReader.read(written, value);
    return JsonText.of(out -> write(out, record, event)).getBytes(UTF_8);
  }

  private static void write(JsonGenerator out, JsonNode record, EnrichedEvent event)
      throws IOException {
    out.writeStartObject();
    for (Map.Entry<String, JsonNode> field : record.properties()) {
      out.writeFieldName(field.getKey());
      out.writeTree(field.getValue());
    }

    out.writeFieldName(JsonSplice.FIELD);
    EnrichmentJson.writeAll(out, event.getEnrichments(), event.getSource());
    out.writeEndObject();
  }
}
