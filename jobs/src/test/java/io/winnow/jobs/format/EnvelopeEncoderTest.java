package io.winnow.jobs.format;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.winnow.operators.text.RejectedException;
import io.winnow.schemas.EnrichedEvent;
import io.winnow.schemas.SourcePosition;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

final class EnvelopeEncoderTest {
  private static final EventEncoder ENCODER = EventEncoder.jsonFromText();

  @Test
  void textIsHeldAsItIs() throws RejectedException {
    assertThat(encode(Enriched.event("caf\u00e9 \"1\"", Enriched.INTENT)))
        .isEqualTo(
            """
            {"source":{"topic":"messages","partition":3,"offset":41,"timestamp":1700000000000},\
            "key":"k","keyEncoding":"utf-8","payload":"caf\u00e9 \\"1\\"","payloadEncoding":"utf-8",\
            "enrichments":[%s]}"""
                .formatted(Enriched.INTENT_JSON));
  }

  @Test
  void bytesThatAreNoTextAreHeldInBase64() throws RejectedException {
    ByteBuffer bytes = ByteBuffer.wrap(new byte[] {(byte) 0xff, 0});
    EnrichedEvent event =
        new EnrichedEvent(new SourcePosition("t", 0, 0L, -1L), bytes, List.of(), bytes, List.of());

    assertThat(encode(event))
        .isEqualTo(
            """
            {"source":{"topic":"t","partition":0,"offset":0,"timestamp":-1},\
            "key":"/wA=","keyEncoding":"base64","payload":"/wA=","payloadEncoding":"base64",\
            "enrichments":[]}""");
  }

  @Test
  void aMissingKeyIsNull() throws RejectedException {
    EnrichedEvent event =
        new EnrichedEvent(
            new SourcePosition("t", 0, 0L, -1L),
            null,
            List.of(),
            ByteBuffer.wrap(Records.bytes("a")),
            List.of());

    assertThat(encode(event)).contains("\"key\":null,\"payload\":\"a\"");
  }

  private static String encode(EnrichedEvent event) throws RejectedException {
    return new String(ENCODER.encode(event), UTF_8);
  }
}
