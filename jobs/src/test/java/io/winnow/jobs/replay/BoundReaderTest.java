package io.winnow.jobs.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.winnow.operators.config.ConfigurationException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BoundReaderTest {
  private final BoundReader reader =
      new BoundReader("--from", Instant.parse("2026-03-08T12:00:00Z"));

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "2026-01-31, 2026-01-31T00:00:00Z",
    "2026-01-31T12:00:00Z, 2026-01-31T12:00:00Z",
    "2026-01-31T12:00:00+02:00, 2026-01-31T10:00:00Z",
    "-7d, 2026-03-01T12:00:00Z",
    "-12h, 2026-03-08T00:00:00Z",
    "-30m, 2026-03-08T11:30:00Z",
    "1970-01-01, 1970-01-01T00:00:00Z",
  })
  void aTimeIsADateADateTimeOrATimeBeforeNow(String text, Instant expected) throws Exception {
    assertThat(reader.read(text)).isEqualTo(new Bound.At(expected));
  }

  @Test
  void wordsAreTheEndsOfTheTopic() throws Exception {
    assertThat(reader.read("earliest")).isEqualTo(new Bound.Earliest());
    assertThat(reader.read("now")).isEqualTo(new Bound.Now());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "latest",
        "Earliest",
        "7d",
        "-7",
        "-d",
        "--7d",
        "2026-1-31",
        "2026-01-31T12:00",
        "1969-12-31",
        "-99999d",
        "+999999999-01-01"
      })
  void anyOtherTextIsRefusedWithWhatWasExpected(String text) {
    assertThatExceptionOfType(ConfigurationException.class)
        .isThrownBy(() -> reader.read(text))
        .withMessageContainingAll("--from: expected earliest, now, a date", "'" + text + "'");
  }

  @Test
  void aFileHasAnOffsetForEachPartition() throws Exception {
    Path file = Files.writeString(folder.resolve("offsets.json"), "{\"0\": 1200, \"11\": 0}");

    assertThat(reader.read("@" + file)).isEqualTo(new Bound.Offsets(Map.of(0, 1200L, 11, 0L)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "[]",
        "{}",
        "7",
        "{\"a\": 1}",
        "{\"0\": -1}",
        "{\"0\": 1.5}",
        "{\"0\": \"1\"}",
        "{\"0\": 1} {}",
        "{\"-1\": 1}",
        "{\"0\": 99999999999999999999}"
      })
  void anythingElseInTheFileIsRefusedWithAnExample(String json) throws Exception {
    Path file = Files.writeString(folder.resolve("offsets.json"), json);

    assertThatExceptionOfType(ConfigurationException.class)
        .isThrownBy(() -> reader.read("@" + file))
        .withMessageContainingAll("--from: expected a JSON object", file.toString());
  }

  @Test
  void aFileThatIsMissingIsNamed() {
    assertThatExceptionOfType(ConfigurationException.class)
        .isThrownBy(() -> reader.read("@" + folder.resolve("no.json")))
        .withMessageContaining("no.json");
  }
}
