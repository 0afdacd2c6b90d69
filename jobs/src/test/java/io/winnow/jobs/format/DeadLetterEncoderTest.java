package io.winnow.jobs.format;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.winnow.operators.flink.Stage;
import io.winnow.operators.text.Reason;
import io.winnow.operators.text.RejectedException;
import io.winnow.schemas.DeadLetter;
import io.winnow.schemas.Header;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.specific.SpecificDatumReader;
import org.junit.jupiter.api.Test;

final class DeadLetterEncoderTest {
  private final RejectedException rejection =
      new RejectedException(Reason.INVALID_UTF8, "Expected UTF-8, but found 0xFF");

  @Test
  void jsonHoldsTheWholeRecord() {
    DeadLetter letter = Records.of(new byte[] {(byte) 0xff}).deadLetter(Stage.DECODE, rejection);

    assertThat(json(letter))
        .isEqualTo(
            """
            {"source":{"topic":"messages","partition":3,"offset":41,"timestamp":1700000000000},\
            "stage":"decode","reason":"invalid-utf8","message":"Expected UTF-8, but found 0xFF",\
            "key":"k","keyEncoding":"utf-8",\
            "headers":[{"key":"trace","value":"7","valueEncoding":"utf-8"},{"key":"empty","value":null}],\
            "payload":"/w==","payloadEncoding":"base64"}""");
  }

  @Test
  void aTombstoneStaysNull() {
    SourceRecord tombstone = new SourceRecord("t", 0, 0, -1, null, List.of(), null);

    assertThat(json(tombstone.deadLetter(Stage.DECODE, rejection)))
        .endsWith("\"key\":null,\"headers\":[],\"payload\":null}");
  }

  @Test
  void aMessageWithHalfACharacterIsWritten() {
    RejectedException half = new RejectedException(Reason.INVALID_JSON, "found \ud83d");

    assertThat(json(Records.of("x").deadLetter(Stage.DECODE, half))).contains("\"found ?\"");
  }

  @Test
  void anyBytesComeBackFromJson() throws IOException {
    ObjectMapper mapper = new ObjectMapper();
    Random random = new Random(17);
    for (int i = 0; i < 5_000; i++) {
      DeadLetter letter = letter(random);

      JsonNode json = mapper.readTree(DeadLetterEncoder.JSON.encode(letter));

      assertThat(bytes(json, "key")).isEqualTo(letter.getKey());
      assertThat(bytes(json, "payload")).isEqualTo(letter.getPayload());
      JsonNode header = json.get("headers").get(0);
      assertThat(header.get("key").textValue()).isEqualTo(letter.getHeaders().get(0).getKey());
      assertThat(bytes(header, "value")).isEqualTo(letter.getHeaders().get(0).getValue());
    }
  }

  @Test
  void anyBytesComeBackFromAvro() throws IOException {
    Random random = new Random(17);
    for (int i = 0; i < 1_000; i++) {
      DeadLetter letter = letter(random);

      byte[] avro = DeadLetterEncoder.AVRO.encode(letter);

      assertThat(
              new SpecificDatumReader<>(DeadLetter.class)
                  .read(null, DecoderFactory.get().binaryDecoder(avro, null)))
          .isEqualTo(letter);
    }
  }

  private DeadLetter letter(Random random) {
    Header header = new Header("h\u00e9\n", ByteBuffer.wrap(noise(random)));
    return new SourceRecord("t", 0, 0, -1, noise(random), List.of(header), noise(random))
        .deadLetter(Stage.DECODE, rejection);
  }

  /** Half of it is text: of all scripts, control characters included. */
  private static byte[] noise(Random random) {
    if (random.nextBoolean()) {
      byte[] bytes = new byte[random.nextInt(8)];
      random.nextBytes(bytes);
      return bytes;
    }

    int[] codePoints =
        random
            .ints(random.nextInt(8), 0, Character.MAX_CODE_POINT + 1)
            .map(c -> random.nextBoolean() ? c % 0x100 : c)
            .filter(c -> c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE)
            .toArray();
    return new String(codePoints, 0, codePoints.length).getBytes(UTF_8);
  }

  private static ByteBuffer bytes(JsonNode json, String field) {
    String value = json.get(field).textValue();
    return switch (json.get(field + "Encoding").textValue()) {
      case "utf-8" -> ByteBuffer.wrap(value.getBytes(UTF_8));
      case "base64" -> ByteBuffer.wrap(Base64.getDecoder().decode(value));
      default -> throw new AssertionError(json.toString());
    };
  }

  private static String json(DeadLetter letter) {
    return new String(DeadLetterEncoder.JSON.encode(letter), UTF_8);
  }
}
