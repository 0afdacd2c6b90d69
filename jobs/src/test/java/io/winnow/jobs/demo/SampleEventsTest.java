package io.winnow.jobs.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SampleEventsTest {
  @Test
  void enoughEventsAreShippedToWatchAndEachKindIsAmongThem() {
    List<SampleEvent> events = SampleEvents.load();

    assertThat(events).hasSizeGreaterThanOrEqualTo(200);
    assertThat(events).extracting(SampleEvent::key).allMatch(key -> !key.isBlank());
    assertThat(events).extracting(SampleEvent::value).containsOnlyOnce((byte[]) null);
    assertThat(events.stream().filter(SampleEventsTest::hasText)).hasSizeGreaterThan(200);
    assertThat(events.stream().filter(e -> startsWith(e, 0x89, 'P', 'N', 'G'))).hasSize(1);
    assertThat(events).anyMatch(e -> startsWith(e, '[', '"'));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"key": "a", "value": {"b": 1, "text": "grüße 🙈"}} | {"b":1,"text":"grüße 🙈"}
          {"key": "a", "value": {"price": 1.50}}              | {"price":1.50}
          {"key": "a", "raw": "{\\"text\\": \\"My card"}      | {"text": "My card
          {"key": "a", "raw": " "}                            | ' '
          {"key": "a", "base64": "aGVsbG8="}                  | hello
          {"key": "a", "base64": ""}                          | ''
          """)
  void eachFormGivesItsBytes(String line, String value) throws IOException {
    SampleEvent event = SampleEvents.parse(line).get(0);

    assertThat(event.key()).isEqualTo("a");
    assertThat(event.value()).isEqualTo(value.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void aTombstoneHasNoValueAndEmptyLinesAreNoEvents() throws IOException {
    List<SampleEvent> events = SampleEvents.parse("\n{\"key\": \"a\", \"tombstone\": true}\n\n");

    assertThat(events).hasSize(1);
    assertThat(events.get(0).value()).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"key\": \"a\"}",
        "{\"raw\": \"a\"}",
        "{\"key\": \"a\", \"value\": \"text\"}",
        "{\"key\": \"a\", \"tombstone\": false}",
        "{\"key\": \"a\", \"raw\": \"\", \"tombstone\": true}",
        "[]"
      })
  void aLineOfNoKnownFormIsRefusedWithItsNumber(String line) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SampleEvents.parse("\n" + line))
        .withMessageStartingWith("Line 2 of the sample events must hold a key and one of")
        .withMessageEndingWith(line.replace(" ", ""));
  }

  @Test
  void aLineThatIsNoJsonIsRefused() {
    assertThatThrownBy(() -> SampleEvents.parse("key: a"))
        .isInstanceOf(JsonProcessingException.class);
  }

  private static boolean hasText(SampleEvent event) {
    try {
      return event.value() != null
          && new ObjectMapper().readTree(event.value()).path("text").isTextual();
    } catch (IOException e) {
      return false;
    }
  }

  private static boolean startsWith(SampleEvent event, int... bytes) {
    byte[] value = event.value();
    if (value == null || value.length < bytes.length) {
      return false;
    }
    for (int i = 0; i < bytes.length; i++) {
      if (value[i] != (byte) bytes[i]) {
        return false;
      }
    }
    return true;
  }
}
