package io.winnow.jobs.format;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecordBase;

/** Writes one record in Avro's binary encoding, with nothing before or behind it. */
final class AvroBytes {
  private AvroBytes() {}

  static byte[] of(SpecificRecordBase record) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
    try {
      new SpecificDatumWriter<>(record.getSchema(), record.getSpecificData())
          .write(record, encoder);
      encoder.flush();
    } catch (IOException e) {
      throw new UncheckedIOException("An array in memory cannot fail to be written", e);
    }

    return bytes.toByteArray();
  }
}
