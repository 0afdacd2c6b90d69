package io.winnow.jobs.format;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.winnow.operators.flink.Stage;
import io.winnow.operators.text.Reason;
import io.winnow.operators.text.RejectedException;
import io.winnow.schemas.DeadLetter;
import io.winnow.schemas.Header;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

final class DeadLetterOutputTest {
  private final RejectedException rejection =
      new RejectedException(Reason.OUTPUT_TOO_LARGE, "too large");

  @Test
  void aDeadLetterThatFitsIsWhole() {
    DeadLetter letter = Records.of("a").deadLetter(Stage.ENCODE, rejection);

    OutputRecord record = output(1000).record(letter);

    assertThat(record.topic()).isEqualTo("dead");
    assertThat(record.value()).isEqualTo(DeadLetterEncoder.JSON.encode(letter));
  }

  @Test
  void aLargePayloadIsLeftOutAndTheMessageSaysWhereItIs() {
    DeadLetter letter = Records.of("a".repeat(5000)).deadLetter(Stage.ENCODE, rejection);
    long bytes =
        SizeLimit.bytes(
            OutputRecord.rejected(
                "dead", "support", letter, DeadLetterEncoder.JSON.encode(letter)));

    OutputRecord record = output(1000).record(letter);

    assertThat(SizeLimit.bytes(record)).isLessThanOrEqualTo(1000);
    assertThat(record.key()).isEqualTo(Records.bytes("k"));
    assertThat(value(record))
        .contains(
            "\"message\":\"too large; the payload of 5000 bytes was left out, since topic 'dead' takes 1000 bytes and the dead letter has %d: read it from topic 'messages', partition 3, offset 41\""
                .formatted(bytes))
        .endsWith("\"payload\":null}");
  }

  @Test
  void keyAndHeadersAreLeftOutOnlyWhereThatIsNotEnough() {
    List<Header> headers = List.of(new Header("h", ByteBuffer.wrap(new byte[5000])));
    DeadLetter letter =
        new SourceRecord("messages", 3, 41, -1, new byte[5000], headers, new byte[1])
            .deadLetter(Stage.ENCODE, rejection);

    OutputRecord record = output(1000).record(letter);

    assertThat(SizeLimit.bytes(record)).isLessThanOrEqualTo(1000);
    assertThat(record.key()).isNull();
    assertThat(record.headers()).extracting(Header::getKey).contains(OutputHeaders.SOURCE_OFFSET);
    assertThat(value(record))
        .contains("key and headers were left out too\"")
        .endsWith("\"key\":null,\"headers\":[],\"payload\":null}");
  }

  private static DeadLetterOutput output(int maxBytes) {
    return new DeadLetterOutput(
        "dead", "support", DeadLetterEncoder.JSON, new SizeLimit(maxBytes), null);
  }

  private static String value(OutputRecord record) {
    return new String(record.value(), UTF_8);
  }
}
