package io.winnow.operators.model;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Reads the fields of one protobuf message. A library would have to share a cluster's class path,
 * where other versions of it are common; the wire format is this small.
 *
 * <p>Use: {@code while (reader.next()) switch (reader.field()) ...}; fields that are not read are
 * skipped. Source: protobuf.dev, "Encoding".
 */
final class ProtobufReader {
  private final ByteBuffer bytes;
  private int field;
  private int wireType;
  private boolean pending;

  ProtobufReader(ByteBuffer bytes) {
    this.bytes = bytes;
  }

  /** Goes to the next field; false at the end of the message. */
  boolean next() throws IOException {
    if (pending) {
      skip();
    }
    if (!bytes.hasRemaining()) {
      return false;
    }
    long tag = varint();
    this.field = (int) (tag >>> 3);
    this.wireType = (int) (tag & 7);
    this.pending = true;
    return true;
  }

  int field() {
    return field;
  }

  long number() throws IOException {
    expect(0);
    return varint();
  }

  ByteBuffer bytes() throws IOException {
    expect(2);
    return slice(varint());
  }

  String string() throws IOException {
    return StandardCharsets.UTF_8.decode(bytes()).toString();
  }

  ProtobufReader message() throws IOException {
    return new ProtobufReader(bytes());
  }

  private void expect(int expected) throws IOException {
    if (wireType != expected) {
      throw new IOException("field " + field + " has wire type " + wireType);
    }
    pending = false;
  }

  private void skip() throws IOException {
    pending = false;
    switch (wireType) {
      case 0 -> varint();
      case 1 -> slice(Long.BYTES);
      case 2 -> slice(varint());
      case 5 -> slice(Integer.BYTES);
      default -> throw new IOException("field " + field + " has wire type " + wireType);
    }
  }

  private ByteBuffer slice(long length) throws IOException {
    if (length < 0 || length > bytes.remaining()) {
      throw new IOException(
          "a field needs " + length + " bytes, but only " + bytes.remaining() + " are left");
    }
    ByteBuffer slice = bytes.slice(bytes.position(), (int) length);
    bytes.position(bytes.position() + (int) length);
    return slice;
  }

  private long varint() throws IOException {
    long value = 0;
    for (int shift = 0; shift < Long.SIZE; shift += 7) {
      if (!bytes.hasRemaining()) {
        throw new IOException("it ends within a number");
      }
      byte b = bytes.get();
      value |= (long) (b & 0x7f) << shift;
      if (b >= 0) {
        return value;
      }
    }
    throw new IOException("a number has more than 64 bits");
  }
}
