package io.winnow.jobs.format;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.winnow.operators.text.RejectedException;
import io.winnow.schemas.EnrichedEvent;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.Test;

final class AvroEncodersTest {
  @Test
  void avroHoldsTheWholeEvent() throws IOException, RejectedException {
    EnrichedEvent event =
        Enriched.event("caf\u00e9", Enriched.INTENT, Enriched.ENTITIES, Enriched.VECTOR);

    byte[] encoded = EventEncoder.avro().encode(event);

    assertThat(
            new SpecificDatumReader<>(EnrichedEvent.class)
                .read(null, DecoderFactory.get().binaryDecoder(encoded, null)))
        .isEqualTo(event);
  }

  @Test
  void anAvroRecordBecomesAnObjectWithOneMoreField() throws Exception {
    byte[] payload =
        AvroSamples.write(
            AvroSamples.MESSAGE,
            new GenericRecordBuilder(AvroSamples.MESSAGE)
                .set("id", 7L)
                .set("body", "hi")
                .set("raw", ByteBuffer.wrap(new byte[] {(byte) 0xff}))
                .build());
    EventEncoder travelled =
        InstantiationUtil.clone(EventEncoder.jsonFromAvro(AvroSamples.MESSAGE));

    assertThat(new String(travelled.encode(Enriched.event(payload, Enriched.INTENT)), UTF_8))
        .isEqualTo(
            "{\"id\":7,\"body\":\"hi\",\"raw\":\"/w==\",\"enrichments\":[%s]}"
                .formatted(Enriched.INTENT_JSON));
  }

  @Test
  void numbersThatJsonLacksAreStrings() throws RejectedException {
    Schema schema =
        AvroSamples.schema(
            """
            {"type":"record","name":"R","fields":[
              {"name":"d","type":"double"},{"name":"f","type":"float"},{"name":"g","type":"float"}]}""");
    byte[] payload =
        AvroSamples.write(
            schema,
            new GenericRecordBuilder(schema)
                .set("d", Double.NaN)
                .set("f", Float.NEGATIVE_INFINITY)
                .set("g", 0.1f)
                .build());

    assertThat(new String(EventEncoder.jsonFromAvro(schema).encode(Enriched.event(payload)), UTF_8))
        .isEqualTo("{\"d\":\"NaN\",\"f\":\"-Infinity\",\"g\":0.1,\"enrichments\":[]}");
  }

  @Test
  void aRecordWithEnrichmentsOfItsOwnGoesIntoTheEnvelope() throws RejectedException {
    Schema schema =
        AvroSamples.schema(
            "{\"type\":\"record\",\"name\":\"R\",\"fields\":[{\"name\":\"enrichments\",\"type\":\"int\"}]}");

    assertThat(
            new String(
                EventEncoder.jsonFromAvro(schema).encode(Enriched.event(new byte[] {2})), UTF_8))
        .contains("\"payload\":\"\\u0002\",\"payloadEncoding\":\"utf-8\",\"enrichments\":[]");
  }
}
