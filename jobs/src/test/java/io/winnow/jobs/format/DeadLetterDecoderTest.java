package io.winnow.jobs.format;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.winnow.operators.flink.Stage;
import io.winnow.operators.text.Reason;
import io.winnow.operators.text.RejectedException;
import io.winnow.schemas.DeadLetter;
import io.winnow.schemas.Header;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class DeadLetterDecoderTest {
  private final RejectedException rejection =
      new RejectedException(Reason.INVALID_JSON, "Expected \"{\", found \u0000 and \uD83D\uDE00");

  @ParameterizedTest
  @EnumSource
  void whatWasWrittenIsReadByteForByte(DeadLetterEncoder encoder) {
    List<Header> headers =
        List.of(
            new Header("trace", ByteBuffer.wrap(new byte[] {0, (byte) 0xff})),
            new Header("trace", null),
            new Header("", ByteBuffer.wrap(new byte[0])));
    byte[] everyByte = new byte[256];
    for (int i = 0; i < everyByte.length; i++) {
      everyByte[i] = (byte) i;
    }
    for (byte[] payload : List.of(everyByte, "\uFEFF{\"a\": \"é\uD83D\uDE00\"}".getBytes(UTF_8))) {
      DeadLetter letter =
          new SourceRecord("messages", 3, 1L << 40, -1, new byte[] {-1}, headers, payload)
              .deadLetter(Stage.DECODE, rejection);

      assertThat(DeadLetterDecoder.decode(encoder.encode(letter))).contains(letter);
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatIsNotThereStaysAway(DeadLetterEncoder encoder) {
    DeadLetter letter =
        new SourceRecord("m", 0, 0, 5, null, List.of(), null).deadLetter(Stage.DECODE, rejection);

    assertThat(DeadLetterDecoder.decode(encoder.encode(letter))).contains(letter);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "{}", "[]", "hello", "{\"source\": 7, \"headers\": []}"})
  void anotherValueIsNoDeadLetter(String value) {
    assertThat(DeadLetterDecoder.decode(value.getBytes(UTF_8))).isEmpty();
    assertThat(DeadLetterDecoder.decode(null)).isEmpty();
  }

  @Test
  void anUnknownEncodingAndAWrongTypeAreNoDeadLetter() {
    String json =
        new String(
            DeadLetterEncoder.JSON.encode(Records.of("text").deadLetter(Stage.DECODE, rejection)),
            UTF_8);
    assertThat(DeadLetterDecoder.decode(json.getBytes(UTF_8))).isPresent();

    for (String broken :
        List.of(
            json.replace("\"payloadEncoding\":\"utf-8\"", "\"payloadEncoding\":\"hex\""),
            json.replace("\"payloadEncoding\":\"utf-8\"", "\"payloadEncoding\":\"base64\"")
                .replace("\"payload\":\"text\"", "\"payload\":\"no*base64\""),
            json.replace("\"offset\":41", "\"offset\":\"41\""),
            json.replace("\"partition\":3", "\"partition\":3000000000"),
            json.replace("\"reason\":", "\"why\":"))) {
      assertThat(broken).isNotEqualTo(json);
      assertThat(DeadLetterDecoder.decode(broken.getBytes(UTF_8))).as(broken).isEmpty();
    }
  }

  @Test
  void avroThatIsCutOrGoesOnIsNoDeadLetter() {
    byte[] avro =
        DeadLetterEncoder.AVRO.encode(Records.of("a").deadLetter(Stage.DECODE, rejection));

    assertThat(DeadLetterDecoder.decode(avro)).isPresent();
    assertThat(DeadLetterDecoder.decode(Arrays.copyOf(avro, avro.length - 1))).isEmpty();
    assertThat(DeadLetterDecoder.decode(Arrays.copyOf(avro, avro.length + 1))).isEmpty();
  }
}
