package io.winnow.jobs.format;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonGenerator;
import io.winnow.schemas.DeadLetter;
import io.winnow.schemas.Header;
import java.io.IOException;

/** Writes a dead letter as the value of a record. */
public enum DeadLetterEncoder {
  /** A JSON object; bytes that are no UTF-8 are in base64. */
  JSON {
    @Override
    public byte[] encode(DeadLetter letter) {
      return JsonText.of(out -> write(out, letter)).getBytes(UTF_8);
    }
  },
  /** {@link DeadLetter} in Avro's binary encoding. */
  AVRO {
    @Override
    public byte[] encode(DeadLetter letter) {
      return AvroBytes.of(letter);
    }
  };

  public abstract byte[] encode(DeadLetter letter);

  private static void write(JsonGenerator out, DeadLetter letter) throws IOException {
    out.writeStartObject();
    EnvelopeEncoder.writeSource(out, letter.getSource());
    out.writeStringField("stage", letter.getStage());
    out.writeStringField("reason", letter.getReason());
    out.writeStringField("message", letter.getMessage());
    JsonText.writeBytes(out, "key", letter.getKey());
    out.writeArrayFieldStart("headers");
    for (Header header : letter.getHeaders()) {
      out.writeStartObject();
      out.writeStringField("key", header.getKey());
      JsonText.writeBytes(out, "value", header.getValue());
      out.writeEndObject();
    }

    out.writeEndArray();
    JsonText.writeBytes(out, "payload", letter.getPayload());
    out.writeEndObject();
  }
}
