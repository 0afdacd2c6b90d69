package io.winnow.jobs.format;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.winnow.operators.text.Reason;
import io.winnow.operators.text.RejectedException;
import java.io.EOFException;
import java.io.IOException;
import java.util.List;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;

/**
 * Reads one record of Avro's binary encoding as a JSON tree: records and maps become objects,
 * unions their value, bytes and fixed binary nodes, enums strings, logical types what they are
 * stored as.
 *
 * <p>Avro's own reader believes what a length, a count or a depth says and replaces bytes that are
 * no UTF-8; this one believes nothing that the value is too short for.
 */
final class AvroReader {
  private static final int MAX_DEPTH = 500;
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private final Schema schema;
  private final byte[] value;
  private final BinaryDecoder in;
  private long itemsLeft; // each item of an array or a map has a byte of its own

  private AvroReader(WriterSchemas.Written written, byte[] value) {
    this.schema = written.schema();
    this.value = value;
    this.in =
        DecoderFactory.get()
            .binaryDecoder(value, written.start(), value.length - written.start(), null);
    this.itemsLeft = value.length;
  }

  /** Reads {@code value} to its end as one record. */
  static JsonNode read(WriterSchemas.Written written, byte[] value) throws RejectedException {
    return new AvroReader(written, value).readAll();
  }

  private JsonNode readAll() throws RejectedException {
    try {
      JsonNode node = read(schema, 1);
      if (in.remainingBytes() > 0) {
        throw rejection("found %d bytes behind it".formatted(in.remainingBytes()));
      }

      return node;
    } catch (EOFException e) {
      throw rejection("it ends too early");
    } catch (IOException
        | AvroRuntimeException
        | IndexOutOfBoundsException
        | UnsupportedOperationException e) {
      throw rejection("found this: " + e.getMessage());
    }
  }

  private JsonNode read(Schema type, int depth) throws IOException, RejectedException {
    if (depth > MAX_DEPTH) {
      throw rejection("found more than %d levels".formatted(MAX_DEPTH));
    }

    return switch (type.getType()) {
      case NULL -> NODES.nullNode();
      case BOOLEAN -> NODES.booleanNode(in.readBoolean());
      case INT -> NODES.numberNode(in.readInt());
      case LONG -> NODES.numberNode(in.readLong());
      case FLOAT -> NODES.numberNode(in.readFloat());
      case DOUBLE -> NODES.numberNode(in.readDouble());
      case STRING -> NODES.textNode(string());
      case BYTES -> NODES.binaryNode(bytes(length()));
      case FIXED -> NODES.binaryNode(bytes(type.getFixedSize()));
      case ENUM -> NODES.textNode(pick(type.getEnumSymbols(), in.readEnum()));
      case UNION -> read(pick(type.getTypes(), in.readIndex()), depth + 1);
      case RECORD -> record(type, depth);
      case ARRAY -> array(type, depth);
      case MAP -> map(type, depth);
    };
  }

  private JsonNode record(Schema type, int depth) throws IOException, RejectedException {
    ObjectNode record = NODES.objectNode();
    for (Schema.Field field : type.getFields()) {
      record.set(field.name(), read(field.schema(), depth + 1));
    }

    return record;
  }

  private JsonNode array(Schema type, int depth) throws IOException, RejectedException {
    ArrayNode array = NODES.arrayNode();
    for (long block = items(in.readArrayStart()); block > 0; block = items(in.arrayNext())) {
      for (long i = 0; i < block; i++) {
        array.add(read(type.getElementType(), depth + 1));
      }
    }

    return array;
  }

  private JsonNode map(Schema type, int depth) throws IOException, RejectedException {
    ObjectNode map = NODES.objectNode();
    for (long block = items(in.readMapStart()); block > 0; block = items(in.mapNext())) {
      for (long i = 0; i < block; i++) {
        map.set(string(), read(type.getValueType(), depth + 1));
      }
    }

    return map;
  }

  private String string() throws IOException, RejectedException {
    int length = length();
    int start = position();
    in.skipFixed(length);
    return Utf8.decode(value, start, length);
  }

  private byte[] bytes(int length) throws IOException {
    byte[] bytes = new byte[length];
    in.readFixed(bytes);
    return bytes;
  }

  private int length() throws IOException, RejectedException {
    long length = in.readLong();
    if (length < 0 || length > in.remainingBytes()) {
      throw rejection("found a length of %d bytes".formatted(length));
    }

    return (int) length;
  }

  private long items(long count) throws RejectedException {
    if (count < 0 || count > itemsLeft) {
      throw rejection("found a count of %d items".formatted(count));
    }

    itemsLeft -= count;
    return count;
  }

  private <T> T pick(List<T> choices, int index) throws RejectedException {
    if (index < 0 || index >= choices.size()) {
      throw rejection("found choice %d of %d".formatted(index, choices.size()));
    }

    return choices.get(index);
  }

  private int position() {
    return value.length - in.remainingBytes();
  }

  private RejectedException rejection(String problem) {
    return new RejectedException(
        Reason.INVALID_AVRO,
        "Expected one record of schema '%s', but %s at byte %d of %d; check that it was written with this schema, as the source's format says"
            .formatted(schema.getFullName(), problem, position(), value.length));
  }
}
