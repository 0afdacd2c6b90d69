package io.winnow.jobs.format;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.winnow.jobs.format.OriginalReader.Format;
import io.winnow.schemas.EnrichedEvent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OriginalReaderTest {
  private static final String OBJECT = "{\"body\": \"I am in Paris\"}";

  @Test
  void anEventInAvroHoldsItsRecord() throws Exception {
    EnrichedEvent event = Enriched.event(OBJECT, Enriched.INTENT);

    SourceRecord original = read(Format.OTHER, event, EventEncoder.avro().encode(event));

    assertThat(original).usingRecursiveComparison().isEqualTo(Records.of(OBJECT));
  }

  @ParameterizedTest
  @ValueSource(strings = {"I am in Paris", "", "{\"source\": {\"offset\": 3}, \"payload\": 1}"})
  void anEnvelopeHoldsItsRecord(String text) throws Exception {
    EnrichedEvent event = Enriched.event(text, Enriched.INTENT);

    SourceRecord original = read(Format.OTHER, event, EventEncoder.jsonFromText().encode(event));

    assertThat(original).usingRecursiveComparison().isEqualTo(Records.of(text));
  }

  @Test
  void anEnvelopeHoldsBytesThatAreNoText() throws Exception {
    byte[] bytes = {(byte) 0xc3, 0x28};
    EnrichedEvent event = Enriched.event(bytes, Enriched.INTENT);

    SourceRecord original = read(Format.OTHER, event, EventEncoder.jsonFromText().encode(event));

    assertThat(original.value()).isEqualTo(bytes);
  }

  @Test
  void anObjectIsItsRecordAndComesOutTheSameWhenItIsEnrichedAgain() throws Exception {
    EnrichedEvent event = Enriched.event(OBJECT, Enriched.INTENT);
    byte[] value = EventEncoder.jsonFromJson().encode(event);

    SourceRecord original = read(Format.JSON, event, value);

    assertThat(original.value()).isEqualTo(value);
    assertThat(original.position()).isEqualTo(event.getSource());
    assertThat(
            EventEncoder.jsonFromJson()
                .encode(Enriched.event(requireNonNull(original.value()), Enriched.INTENT)))
        .isEqualTo(value);
  }

  /** Another pipeline's envelope, into which this one put its enrichments. */
  @Test
  void anEnvelopeThatTheSourceHoldsIsPartOfTheRecord() throws Exception {
    String envelope =
        """
        {"source":{"topic":"raw","partition":0,"offset":7,"timestamp":5},"key":null,\
        "payload":"I am in Paris","payloadEncoding":"utf-8","enrichments":[]}""";
    EnrichedEvent event = Enriched.event(envelope, Enriched.INTENT);
    byte[] value = EventEncoder.jsonFromJson().encode(event);

    assertThat(read(Format.JSON, event, value).value()).isEqualTo(value);
  }

  @Test
  void whatIsMadeOfAnAvroRecordDoesNotHoldIt() throws Exception {
    EnrichedEvent event = Enriched.event(OBJECT, Enriched.INTENT);
    byte[] value = EventEncoder.jsonFromJson().encode(event);

    assertThatExceptionOfType(UnreadableException.class)
        .isThrownBy(() -> read(Format.AVRO_REGISTRY, event, value))
        .satisfies(e -> assertThat(e.reason()).isEqualTo("no-original"))
        .withMessageContaining("replay it from its own topic");
  }

  /** Reads a value as the sink wrote it. */
  private static SourceRecord read(Format source, EnrichedEvent event, byte[] value)
      throws UnreadableException {
    return new OriginalReader(source, null).read(written(event, value));
  }

  private static SourceRecord written(EnrichedEvent event, byte[] value) {
    return new SourceRecord(
        "out",
        0,
        9,
        event.getSource().getTimestamp(),
        Records.of(value).key(),
        OutputHeaders.enriched(event),
        value);
  }
}
