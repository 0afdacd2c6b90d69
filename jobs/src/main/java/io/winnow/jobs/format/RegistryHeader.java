package io.winnow.jobs.format;

import io.winnow.operators.text.Reason;
import io.winnow.operators.text.RejectedException;
import java.nio.ByteBuffer;

/** What stands before a record whose schema is in a registry: a zero byte and the schema's id. */
final class RegistryHeader {
  static final int BYTES = 1 + Integer.BYTES;
  private static final byte MAGIC = 0;

  private RegistryHeader() {}

  static int id(byte[] value) throws RejectedException {
    if (value.length < BYTES) {
      throw rejection("only %d bytes".formatted(value.length));
    }
    if (value[0] != MAGIC) {
      throw rejection("the byte 0x%02X first".formatted(value[0]));
    }

    return ByteBuffer.wrap(value).getInt(1);
  }

  /** Returns the header in front of a record. */
  static byte[] with(int id, byte[] record) {
    return ByteBuffer.allocate(BYTES + record.length).put(MAGIC).putInt(id).put(record).array();
  }

  private static RejectedException rejection(String found) {
    return new RejectedException(
        Reason.INVALID_AVRO,
        "Expected a registry's header, a zero byte and four of a schema id, but found %s; check that the producer writes with the registry's serializer, or correct source.format"
            .formatted(found));
  }
}
