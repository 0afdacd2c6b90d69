package io.winnow.jobs.format;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import io.winnow.operators.text.RejectedException;
import io.winnow.schemas.DeadLetter;
import io.winnow.schemas.Header;
import io.winnow.schemas.SourcePosition;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads what {@link DeadLetterEncoder} wrote, in either format: a topic holds both after its
 * pipeline file was changed.
 */
public final class DeadLetterDecoder {
  private static final WriterSchemas.Written SCHEMA =
      new WriterSchemas.Written(DeadLetter.getClassSchema(), 0);

  private DeadLetterDecoder() {}

  /** Returns the dead letter; empty where the value is none. */
  public static Optional<DeadLetter> decode(byte @Nullable [] value) {
    if (value == null || value.length == 0) {
      return Optional.empty();
    }
    try {
      // No letter in Avro begins so: it would be the length of a topic's name, and negative.
      return Optional.of(
          letter(value[0] == '{' ? JsonReader.readObject(value) : AvroReader.read(SCHEMA, value)));
    } catch (RejectedException | IOException | IllegalArgumentException | ArithmeticException e) {
      return Optional.empty();
    }
  }

  private static DeadLetter letter(JsonNode node) throws IOException {
    JsonNode source = node.path("source");
    List<Header> headers = new ArrayList<>();
    for (JsonNode header : node.required("headers")) {
      headers.add(new Header(text(header, "key"), bytes(header, "value")));
    }
    return new DeadLetter(
        new SourcePosition(
            text(source, "topic"),
            Math.toIntExact(number(source, "partition")),
            number(source, "offset"),
            number(source, "timestamp")),
        bytes(node, "key"),
        headers,
        bytes(node, "payload"),
        text(node, "stage"),
        text(node, "reason"),
        text(node, "message"));
  }

  private static String text(JsonNode node, String name) {
    JsonNode text = node.required(name);
    if (!text.isTextual()) {
      throw new IllegalArgumentException(name + " is no string");
    }
    return text.textValue();
  }

  private static long number(JsonNode node, String name) {
    JsonNode number = node.required(name);
    if (!number.isIntegralNumber() || !number.canConvertToLong()) {
      throw new IllegalArgumentException(name + " is no integer");
    }
    return number.longValue();
  }

  /** Avro has bytes; JSON has text, and says beside it how that stands for bytes. */
  private static @Nullable ByteBuffer bytes(JsonNode node, String name) throws IOException {
    JsonNode value = node.required(name);
    if (value.isNull()) {
      return null;
    }
    if (value.isBinary()) {
      return ByteBuffer.wrap(value.binaryValue());
    }
    return ByteBuffer.wrap(
        switch (text(node, name + "Encoding")) {
          case "utf-8" -> text(node, name).getBytes(UTF_8);
          case "base64" -> Base64.getDecoder().decode(text(node, name));
          default -> throw new IllegalArgumentException(name + " is in no encoding of ours");
        });
  }
}
