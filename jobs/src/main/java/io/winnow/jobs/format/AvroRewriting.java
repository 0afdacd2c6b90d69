package io.winnow.jobs.format;

import io.winnow.operators.text.Reason;
import io.winnow.operators.text.RejectedException;
import io.winnow.schemas.EnrichedEvent;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.jspecify.annotations.Nullable;

/** Rewrites records of one schema to that with the enrichments. Not thread-safe. */
final class AvroRewriting {
  private final GenericDatumReader<GenericRecord> reader;
  private final GenericDatumWriter<GenericRecord> writer;

  AvroRewriting(Schema written, Schema enriched) {
    this.reader = new GenericDatumReader<>(written, enriched);
    this.writer = new GenericDatumWriter<>(enriched);
  }

  /**
   * Returns a record with the enrichments of its event, behind those of other names that it has.
   *
   * @param value a record that was decoded before, from {@code start} on
   */
  byte[] with(EnrichedEvent event, byte[] value, int start) throws RejectedException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(2 * value.length);
    try {
      GenericRecord record =
          reader.read(
              null, DecoderFactory.get().binaryDecoder(value, start, value.length - start, null));
      record.put(JsonSplice.FIELD, merged(record.get(JsonSplice.FIELD), event));
      BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
      writer.write(record, encoder);
      encoder.flush();
      return bytes.toByteArray();
    } catch (IOException | AvroRuntimeException e) {
      throw new RejectedException(
          Reason.INVALID_AVRO,
          "Expected a record that takes the enrichments, but found this: " + e.getMessage());
    }
  }

  private static List<Object> merged(@Nullable Object existing, EnrichedEvent event) {
    List<Object> merged = new ArrayList<>();
    if (existing instanceof List<?> elements) {
      Set<String> replaced = EnrichmentJson.names(event.getEnrichments());
      for (Object element : elements) {
        if (!replaced.contains(String.valueOf(((GenericRecord) element).get("name")))) {
          merged.add(element);
        }
      }
    }

    merged.addAll(event.getEnrichments());
    return merged;
  }
}
