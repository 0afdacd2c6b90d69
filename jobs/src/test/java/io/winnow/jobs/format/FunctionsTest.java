package io.winnow.jobs.format;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.winnow.jobs.pipeline.TextPath;
import io.winnow.operators.flink.Stage;
import io.winnow.operators.flink.TextEvent;
import io.winnow.operators.text.Reason;
import io.winnow.operators.text.RejectedException;
import io.winnow.operators.text.TextField;
import io.winnow.schemas.DeadLetter;
import java.nio.ByteBuffer;
import java.util.List;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.ProcessFunctionTestHarnesses;
import org.apache.flink.util.InstantiationUtil;
import org.apache.flink.util.OutputTag;
import org.junit.jupiter.api.Test;

@SuppressWarnings("try") // a harness may be interrupted as it closes
final class FunctionsTest {
  private static final OutputTag<DeadLetter> REJECTED = new OutputTag<>("rejected") {};
  private static final EventDecoder DECODER =
      EventDecoder.json(List.of(new TextPath(List.of("text"), false)));

  @Test
  void decodedEventsGoOnAndTheOthersLeaveByTheSide() throws Exception {
    DecodeFunction function = InstantiationUtil.clone(new DecodeFunction(DECODER, 100, REJECTED));
    try (var harness = ProcessFunctionTestHarnesses.forProcessFunction(function)) {
      harness.processElement(Records.of("{\"text\":\"a\"}"), 1);
      harness.processElement(Records.of("{"), 2);
      harness.processElement(Records.of("{\"text\":\"b\"}"), 3);

      assertThat(harness.extractOutputValues())
          .extracting(TextEvent::fields)
          .containsExactly(
              List.of(new TextField("text", "a")), List.of(new TextField("text", "b")));
      DeadLetter letter = only(harness.getSideOutput(REJECTED));
      assertThat(letter.getStage()).isEqualTo("decode");
      assertThat(letter.getReason()).isEqualTo("invalid-json");
      assertThat(letter.getPayload()).isEqualTo(ByteBuffer.wrap(Records.bytes("{")));
      assertThat(letter.getHeaders()).isEqualTo(Records.HEADERS);
    }
  }

  @Test
  void aValueOverTheLimitIsRejectedWhateverItHolds() throws Exception {
    DecodeFunction function = new DecodeFunction(DECODER, 12, REJECTED);
    try (var harness = ProcessFunctionTestHarnesses.forProcessFunction(function)) {
      harness.processElement(Records.of("{\"text\":\"a\"}"), 1);
      harness.processElement(Records.of("{\"text\":\"ab\"}"), 2);

      assertThat(harness.extractOutputValues()).hasSize(1);
      DeadLetter letter = only(harness.getSideOutput(REJECTED));
      assertThat(letter.getStage()).isEqualTo("decode");
      assertThat(letter.getReason()).isEqualTo("record-too-large");
      assertThat(letter.getMessage())
          .isEqualTo(
              "Expected a value of at most 12 bytes, but found 13; raise 'max-record-bytes' or"
                  + " shorten it at its source");
      assertThat(letter.getPayload())
          .isEqualTo(ByteBuffer.wrap(Records.bytes("{\"text\":\"ab\"}")));
    }
  }

  @Test
  void encodedEventsGoOnAndThoseTooLargeLeaveByTheSide() throws Exception {
    EnrichedOutput output =
        new EnrichedOutput("out", EventEncoder.jsonFromJson(), new SizeLimit(1000), null);
    EncodeFunction function = InstantiationUtil.clone(new EncodeFunction(output, REJECTED));
    String large = "{\"text\":\"" + "a".repeat(1000) + "\"}";
    try (var harness = ProcessFunctionTestHarnesses.forProcessFunction(function)) {
      harness.processElement(event("{\"text\":\"a\"}"), 1);
      harness.processElement(event(large), 2);

      assertThat(harness.extractOutputValues())
          .extracting(record -> new String(record.value(), UTF_8))
          .containsExactly("{\"text\":\"a\",\"enrichments\":[" + Enriched.INTENT_JSON + "]}");
      DeadLetter letter = only(harness.getSideOutput(REJECTED));
      assertThat(letter.getStage()).isEqualTo("encode");
      assertThat(letter.getReason()).isEqualTo("output-too-large");
      assertThat(letter.getPayload()).isEqualTo(ByteBuffer.wrap(Records.bytes(large)));
    }
  }

  @Test
  void deadLettersAreEncoded() throws Exception {
    DeadLetterOutput output =
        new DeadLetterOutput("dead", "support", DeadLetterEncoder.JSON, new SizeLimit(1000), null);
    DeadLetterFunction function = InstantiationUtil.clone(new DeadLetterFunction(output));
    DeadLetter letter =
        Records.of("a")
            .deadLetter(Stage.DECODE, new RejectedException(Reason.INVALID_JSON, "no JSON"));

    assertThat(function.map(letter).value()).isEqualTo(DeadLetterEncoder.JSON.encode(letter));
  }

  private static TextEvent event(String json) {
    return new TextEvent(Enriched.event(json, Enriched.INTENT), List.of());
  }

  private static DeadLetter only(Iterable<StreamRecord<DeadLetter>> letters) {
    assertThat(letters).hasSize(1);
    return letters.iterator().next().getValue();
  }
}
