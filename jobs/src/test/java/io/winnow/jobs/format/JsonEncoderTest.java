package io.winnow.jobs.format;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.winnow.operators.text.RejectedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class JsonEncoderTest {
  private static final EventEncoder ENCODER = EventEncoder.jsonFromJson();
  private static final String OURS = Enriched.INTENT_JSON;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "`{\"b\":1.00,\"a\":\"\\u00e9\\/\",\"n\":12345678901234567890123}` | `{\"b\":1.00,\"a\":\"\\u00e9\\/\",\"n\":12345678901234567890123,\"enrichments\":[@]}`",
        "`{}`                       | `{\"enrichments\":[@]}`",
        "`{ }`                      | `{\"enrichments\":[@] }`",
        "` { \"a\" : {\"b\":[1]} } ` | ` { \"a\" : {\"b\":[1]},\"enrichments\":[@] } `",
        "`{\"a\":{\"enrichments\":1}}` | `{\"a\":{\"enrichments\":1},\"enrichments\":[@]}`",
        "`{\"a\":1,\"a\":2}`         | `{\"a\":1,\"a\":2,\"enrichments\":[@]}`",
        "`\ufeff{\"a\":1}`           | `{\"a\":1,\"enrichments\":[@]}`",
        "`{\"a\":\"\ud83d\ude80\u2028\"}` | `{\"a\":\"\ud83d\ude80\u2028\",\"enrichments\":[@]}`",
      })
  void theObjectStaysAsItIsAndGetsOneMoreField(String object, String expected)
      throws RejectedException {
    assertThat(encode(object)).isEqualTo(expected.replace("@", OURS));
  }

  @Test
  void linesKeepTheirBreaks() throws RejectedException {
    assertThat(encode("{\r\n\t\"a\": 1\r\n}\r\n"))
        .isEqualTo("{\r\n\t\"a\": 1,\"enrichments\":[" + OURS + "]\r\n}\r\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "`[]`                              | `[@]`",
        "`[ { \"name\":\"support\",\"x\":1 } ]` | `[@]`",
        "`[{\"name\":\"other\", \"n\":1.0}]` | `[{\"name\":\"other\", \"n\":1.0},@]`",
        "`[{\"name\":\"other\"} , {\"name\":\"support\"},{}]` | `[{\"name\":\"other\"},{},@]`",
        "`[{\"name\":7},{\"in\":{\"name\":\"support\"}}]` | `[{\"name\":7},{\"in\":{\"name\":\"support\"}},@]`",
      })
  void enrichmentsOfOtherNamesAreKeptInFrontOfOurs(String existing, String expected)
      throws RejectedException {
    assertThat(encode("{\"enrichments\": " + existing + ", \"a\":1}"))
        .isEqualTo("{\"enrichments\": " + expected.replace("@", OURS) + ", \"a\":1}");
  }

  @Test
  void encodingAgainChangesNothing() throws RejectedException {
    String once = encode("{\"a\":1}");

    assertThat(encode(once)).isEqualTo(once);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"enrichments\":1}",
        "{\"enrichments\":null}",
        "{\"enrichments\":{}}",
        "{\"enrichments\":[1]}",
        "{\"enrichments\":[{},[]]}",
        "{\"enrichments\":[],\"enrichments\":[]}",
        "{\"enrichm\\u0065nts\":\"mine\"}",
      })
  void anObjectWhoseOwnEnrichmentsAreSomethingElseGoesIntoTheEnvelope(String object)
      throws RejectedException {
    assertThat(encode(object))
        .startsWith("{\"source\":{\"topic\":\"messages\"")
        .contains("\"payload\":\"" + object.replace("\\", "\\\\").replace("\"", "\\\"") + "\"")
        .endsWith("\"enrichments\":[" + OURS + "]}");
  }

  @Test
  void objectsOfManyBuffersAreSplicedInTheRightPlace() throws RejectedException {
    String filler = "\u00e9\ud83d\ude80".repeat(100_000);
    String head =
        "{\"a\":\"" + filler + "\",\"enrichments\":[{\"name\":\"other\",\"x\":\"" + filler;
    String tail = ",\"b\":\"" + filler + "\" }";

    assertThat(encode(head + "\"},{\"name\":\"support\"}]" + tail))
        .isEqualTo(head + "\"}," + OURS + "]" + tail);
    assertThat(encode("{\"a\":\"" + filler + "\"}"))
        .isEqualTo("{\"a\":\"" + filler + "\",\"enrichments\":[" + OURS + "]}");
  }

  @Test
  void noEnrichmentsAreAnEmptyArray() throws RejectedException {
    byte[] encoded = ENCODER.encode(Enriched.event("{\"a\":1}"));

    assertThat(new String(encoded, UTF_8)).isEqualTo("{\"a\":1,\"enrichments\":[]}");
  }

  private static String encode(String object) throws RejectedException {
    return new String(ENCODER.encode(Enriched.event(object, Enriched.INTENT)), UTF_8);
  }
}
