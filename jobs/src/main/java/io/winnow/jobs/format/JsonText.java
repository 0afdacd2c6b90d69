package io.winnow.jobs.format;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.winnow.schemas.SourcePosition;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Writes JSON, the same characters on every JVM. */
final class JsonText {
  /** Jackson's own writer of floats: that of the JDK is shortest from 19 on only. */
  private static final JsonFactory FACTORY =
      JsonFactory.builder().enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER).build();

  private static final ObjectMapper MAPPER = new ObjectMapper(FACTORY);

  private JsonText() {}

  /** Writes one JSON value. */
  @FunctionalInterface
  interface Content {
    void writeTo(JsonGenerator out) throws IOException;
  }

  static String of(Content content) {
    StringWriter text = new StringWriter();
    try (JsonGenerator out = MAPPER.createGenerator(text)) {
      content.writeTo(out);
    } catch (IOException e) {
      throw new UncheckedIOException("A string in memory cannot fail to be written", e);
    }

    return text.toString();
  }

  static void writePosition(JsonGenerator out, SourcePosition source) throws IOException {
    out.writeStringField("topic", source.getTopic());
    out.writeNumberField("partition", source.getPartition());
    out.writeNumberField("offset", source.getOffset());
  }

  /** Writes bytes as the text that they are, or else in base64, and behind it which of the two. */
  static void writeBytes(JsonGenerator out, String name, @Nullable ByteBuffer buffer)
      throws IOException {
    if (buffer == null) {
      out.writeNullField(name);
      return;
    }

    byte[] bytes = RawBytes.of(buffer);
    Optional<String> text = Utf8.tryDecode(bytes);
    out.writeStringField(name, text.orElseGet(() -> Base64.getEncoder().encodeToString(bytes)));
    out.writeStringField(name + "Encoding", text.isPresent() ? "utf-8" : "base64");
  }
}
