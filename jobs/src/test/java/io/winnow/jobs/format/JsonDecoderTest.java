package io.winnow.jobs.format;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.winnow.jobs.pipeline.TextPath;
import io.winnow.operators.flink.TextEvent;
import io.winnow.operators.text.Reason;
import io.winnow.operators.text.RejectedException;
import io.winnow.operators.text.TextField;
import io.winnow.schemas.EnrichedEvent;
import io.winnow.schemas.SourcePosition;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class JsonDecoderTest {
  private static final TextPath SUBJECT = new TextPath(List.of("subject"), false);
  private static final TextPath BODY = new TextPath(List.of("message", "body"), false);
  private static final TextPath NOTE = new TextPath(List.of("note"), true);
  private static final EventDecoder DECODER = EventDecoder.json(List.of(SUBJECT));

  @Test
  void theEventHoldsTheWholeRecordAndItsTexts() throws RejectedException {
    SourceRecord record = Records.of("{\"message\":{\"body\":\"hi\"},\"subject\":\"re\"}");

    TextEvent event = EventDecoder.json(List.of(SUBJECT, BODY)).decode(record);

    assertThat(event.fields())
        .containsExactly(new TextField("subject", "re"), new TextField("message.body", "hi"));
    assertThat(event.event())
        .isEqualTo(
            new EnrichedEvent(
                new SourcePosition("messages", 3, 41L, 1_700_000_000_000L),
                ByteBuffer.wrap(Records.bytes("k")),
                Records.HEADERS,
                ByteBuffer.wrap(record.value()),
                List.of()));
  }

  @Test
  void escapesAreReadAndLoneSurrogatesLeftToTheTextPolicy() throws RejectedException {
    assertThat(text("{\"subject\":\"caf\\u00e9 \\ud83d\\ude80\"}"))
        .isEqualTo("caf\u00e9 \ud83d\ude80");
    assertThat(text("{\"subject\":\"\\ud83d\"}")).isEqualTo("\ud83d");
    assertThat(text("{\"subject\":\"\"}")).isEmpty();
  }

  @Test
  void aByteOrderMarkIsSkipped() throws RejectedException {
    assertThat(text("\ufeff {\"subject\":\"a\"}\n")).isEqualTo("a");
  }

  @Test
  void theLastOfRepeatedNamesCounts() throws RejectedException {
    assertThat(text("{\"subject\":\"a\",\"subject\":\"b\"}")).isEqualTo("b");
  }

  @Test
  void textOfSeveralMegabytesIsRead() throws RejectedException {
    String long24 = "x".repeat(24 << 20);

    assertThat(text("{\"subject\":\"" + long24 + "\"}")).hasSameSizeAs(long24);
  }

  @Test
  void absentOptionalFieldsAreLeftOut() throws RejectedException {
    EventDecoder decoder = EventDecoder.json(List.of(NOTE, SUBJECT));

    assertThat(decoder.decode(Records.of("{\"subject\":\"a\"}")).fields())
        .containsExactly(new TextField("subject", "a"));
    assertThat(decoder.decode(Records.of("{\"subject\":\"a\",\"note\":null}")).fields()).hasSize(1);
    assertThat(EventDecoder.json(List.of(NOTE)).decode(Records.of("{}")).fields()).isEmpty();
  }

  @Test
  void tombstonesAreRejected() {
    RejectedException rejection =
        catchThrowableOfType(
            RejectedException.class, () -> DECODER.decode(Records.of((byte[]) null)));

    assertThat(rejection.reason()).isEqualTo(Reason.TOMBSTONE);
    assertThat(rejection)
        .hasMessage("Expected a value with text, but found a tombstone (a null value)");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "``             | found nothing at line 1, column 1",
        "`  `           | found nothing at line 1, column 3",
        "[]             | found an array at line 1, column 1",
        "` \"a\"`       | found a string at line 1, column 2",
        "-1.5           | found a number at line 1, column 1",
        "null           | found null at line 1, column 1",
        "true           | found a boolean at line 1, column 1",
        "{} {}          | found more behind it at line 1, column 4",
        "{}]            | found this: Unexpected close marker ']': no open Array to close at line 1, column 3",
        "{\"subject\":   | it ends too early at line 1, column 12",
        "{\"subject\":\"a | it ends too early at line 1, column 14",
        "{\"subject\":01} | found this: Invalid numeric value: Leading zeroes not allowed at line 1, column 13",
        "{subject:1}    | found this: Unexpected character ('s' (code 115)): was expecting double-quote to start field name at line 1, column 2",
        "{\"a\":secretive} | found this: Unrecognized token 'secretiv...': was expecting (JSON String, Number, Array, Object or token 'null', 'true' or 'false') at line 1, column 6",
      })
  void whatIsNotOneJsonObjectIsRejectedWithItsPlace(String json, String problem) {
    RejectedException rejection = rejectionOf(DECODER, json);

    assertThat(rejection.reason()).isEqualTo(Reason.INVALID_JSON);
    assertThat(rejection).hasMessage("Expected one JSON object, but " + problem);
  }

  @Test
  void linesAreCounted() {
    assertThat(rejectionOf(DECODER, "{\n \"a\": 1,\n \"b\" 2}"))
        .hasMessageEndingWith("at line 3, column 6");
  }

  @Test
  void nestingBombsAndHugeNumbersAreRejected() {
    String nested = "{\"subject\":" + "[".repeat(1 << 20);
    String number = "{\"subject\":" + "9".repeat(1 << 20) + "}";

    assertThat(rejectionOf(DECODER, nested).reason()).isEqualTo(Reason.INVALID_JSON);
    assertThat(rejectionOf(DECODER, number).reason()).isEqualTo(Reason.INVALID_JSON);
    assertThat(rejectionOf(DECODER, number).getMessage()).hasSizeLessThan(250);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"subject\":\"caf\u00e9\"}", "\u00ef\u00bb{}"})
  void bytesOfAnotherEncodingAreRejected(String json) {
    byte[] latin1 = json.getBytes(ISO_8859_1);

    RejectedException rejection =
        catchThrowableOfType(RejectedException.class, () -> DECODER.decode(Records.of(latin1)));

    assertThat(rejection.reason()).isEqualTo(Reason.INVALID_UTF8);
  }

  @Test
  void jsonInUtf16IsNoJson() {
    byte[] utf16 = "{\"subject\":\"a\"}".getBytes(UTF_16LE);

    RejectedException rejection =
        catchThrowableOfType(RejectedException.class, () -> DECODER.decode(Records.of(utf16)));

    assertThat(rejection.reason()).isEqualTo(Reason.INVALID_JSON);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{}                      | found no field 'message'",
        "{\"message\":null}      | found null at 'message'",
        "{\"message\":\"hello\"} | found a string at 'message'",
        "{\"message\":[]}        | found an array at 'message'",
        "{\"message\":{}}        | found no field 'body' in 'message'",
        "{\"message\":{\"body\":null}} | found null",
      })
  void aMissingFieldIsRejectedWithItsPath(String json, String problem) {
    RejectedException rejection = rejectionOf(EventDecoder.json(List.of(BODY)), json);

    assertThat(rejection.reason()).isEqualTo(Reason.MISSING_FIELD);
    assertThat(rejection)
        .hasMessage(
            "Expected a string at 'message.body', but %s; correct the producer, or make the path optional in 'text'",
            problem);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1 | a number",
        "1.5 | a number",
        "true | a boolean",
        "[\"a\"] | an array",
        "{} | an object",
      })
  void aFieldThatIsNoStringIsRejectedWithItsPathAndKind(String value, String kind) {
    for (EventDecoder decoder :
        List.of(DECODER, EventDecoder.json(List.of(new TextPath(List.of("subject"), true))))) {
      RejectedException rejection = rejectionOf(decoder, "{\"subject\":" + value + "}");

      assertThat(rejection.reason()).isEqualTo(Reason.NOT_A_STRING);
      assertThat(rejection).hasMessage("Expected a string at 'subject', but found " + kind);
    }
  }

  private static String text(String json) throws RejectedException {
    return DECODER.decode(Records.of(json)).fields().get(0).text();
  }

  private static RejectedException rejectionOf(EventDecoder decoder, String json) {
    return catchThrowableOfType(RejectedException.class, () -> decoder.decode(Records.of(json)));
  }
}
