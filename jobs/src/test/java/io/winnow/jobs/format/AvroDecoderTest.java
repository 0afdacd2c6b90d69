package io.winnow.jobs.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.winnow.jobs.pipeline.TextPath;
import io.winnow.operators.text.Reason;
import io.winnow.operators.text.RejectedException;
import io.winnow.operators.text.TextField;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.flink.util.InstantiationUtil;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class AvroDecoderTest {
  private static final EventDecoder DECODER = decoder("body", false);

  @Test
  void textIsReadThroughUnions() throws RejectedException {
    assertThat(DECODER.decode(Records.of(message("hi \ud83d\ude80"))).fields())
        .containsExactly(new TextField("body", "hi \ud83d\ude80"));
  }

  @Test
  void aDecoderTravelsToTheTaskManager() throws Exception {
    EventDecoder travelled = InstantiationUtil.clone(DECODER);

    assertThat(travelled.decode(Records.of(message("hi"))).fields()).hasSize(1);
  }

  @Test
  void anOptionalNullIsLeftOut() throws RejectedException {
    assertThat(decoder("body", true).decode(Records.of(message(null))).fields()).isEmpty();
  }

  @Test
  void aRequiredNullIsRejected() {
    RejectedException rejection = rejectionOf(DECODER, message(null));

    assertThat(rejection.reason()).isEqualTo(Reason.MISSING_FIELD);
    assertThat(rejection).hasMessageStartingWith("Expected a string at 'body', but found null");
  }

  @Test
  void aFieldThatIsNoStringIsRejected() {
    RejectedException rejection = rejectionOf(decoder("raw", false), message("hi"));

    assertThat(rejection.reason()).isEqualTo(Reason.NOT_A_STRING);
    assertThat(rejection).hasMessage("Expected a string at 'raw', but found bytes");
  }

  @Test
  void truncatedValuesAreRejected() {
    byte[] value = message("hi");

    assertThat(rejectionOf(DECODER, Arrays.copyOf(value, value.length - 1)).reason())
        .isEqualTo(Reason.INVALID_AVRO);
  }

  @Test
  void jsonOnAnAvroTopicIsRejected() {
    assertThat(rejectionOf(DECODER, Records.bytes("{\"body\":\"hi\"}")).reason())
        .isEqualTo(Reason.INVALID_AVRO);
  }

  @Test
  void aSchemaThatIsNoRecordIsRefusedBeforeTheJobStarts() {
    assertThatThrownBy(
            () -> EventDecoder.avro(Schema.create(Schema.Type.STRING), List.of(path("a", false))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("found that of type 'string'");
  }

  private static EventDecoder decoder(String field, boolean optional) {
    return EventDecoder.avro(AvroSamples.MESSAGE, List.of(path(field, optional)));
  }

  private static TextPath path(String field, boolean optional) {
    return new TextPath(List.of(field), optional);
  }

  private static byte[] message(@Nullable String body) {
    return AvroSamples.write(
        AvroSamples.MESSAGE,
        new GenericRecordBuilder(AvroSamples.MESSAGE)
            .set("id", 7L)
            .set("body", body)
            .set("raw", ByteBuffer.wrap(new byte[] {1}))
            .build());
  }

  private static RejectedException rejectionOf(EventDecoder decoder, byte[] value) {
    return catchThrowableOfType(RejectedException.class, () -> decoder.decode(Records.of(value)));
  }
}
