package io.winnow.operators.config;

import static io.winnow.operators.config.Reading.problems;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KindTest {
  private enum Delivery {
    EXACTLY_ONCE,
    AT_LEAST_ONCE
  }

  private enum Only {
    ONE
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "plain, plain",
        "'4', 4",
        "\"4\", 4",
        "yes, yes",
        "1_000, 1_000",
        "!!str 4, 4",
        "'  padded ', `  padded `",
        "a#b, a#b",
        "${env:HOME}, ${env:HOME}",
      })
  void stringIsReadAsItStands(String yaml, String expected) throws Exception {
    assertThat(value(yaml, Kind.string())).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "4       | 4; put it in quotes",
        "0.50    | 0.50; put it in quotes",
        "true    | true; put it in quotes",
        "        | nothing",
        "~       | nothing",
        "''      | ''",
        "' '     | ' '",
        "[a]     | a list",
        "{a: b}  | a mapping",
        "!own x  | 'x' tagged !own",
        "!!java.net.URL x | 'x' tagged tag:yaml.org,2002:java.net.URL",
      })
  void stringRefuses(String yaml, String found) {
    assertThat(
            problems(
                "key: " + (yaml == null ? "" : yaml), root -> root.required("key", Kind.string())))
        .containsExactly("test.yaml:1: key: expected a non-empty string, found " + found);
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "+7, 7", "007, 7", "2147483647, 2147483647"})
  void integerIsDecimal(String yaml, int expected) throws Exception {
    assertThat(value(yaml, Kind.integer(1))).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "0                   | 0",
        "-1                  | -1",
        "1.0                 | 1.0",
        "2147483648          | 2147483648",
        "9999999999999999999 | 9999999999999999999",
        "0x10                | 0x10",
        "'1'                 | '1'",
        "four                | 'four'",
        "!!int four          | four",
        "true                | true",
        "                    | nothing",
      })
  void integerRefuses(String yaml, String found) {
    assertThat(
            problems(
                "key: " + (yaml == null ? "" : yaml),
                root -> root.required("key", Kind.integer(1))))
        .containsExactly("test.yaml:1: key: expected a whole number of at least 1, found " + found);
  }

  @Test
  void integerOutsideItsRangeIsRefusedWithBothEnds() {
    assertThat(problems("key: 11", root -> root.required("key", Kind.integer(1, 10))))
        .containsExactly("test.yaml:1: key: expected a whole number from 1 to 10, found 11");
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "1, 1", "0.25, 0.25", ".5, 0.5", "1., 1", "2.5e-1, 0.25"})
  void numberMayHaveAFraction(String yaml, double expected) throws Exception {
    assertThat(value(yaml, Kind.number(0, 1))).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {"1.01, 1.01", "-0.1, -0.1", ".nan, .nan", ".inf, .inf", "'0.5', '0.5'", "0x1, 0x1"})
  void numberRefuses(String yaml, String found) {
    assertThat(problems("key: " + yaml, root -> root.required("key", Kind.number(0, 1))))
        .containsExactly("test.yaml:1: key: expected a number from 0 to 1, found " + found);
  }

  @ParameterizedTest
  @CsvSource({"true, true", "false, false", "True, true", "FALSE, false"})
  void booleanIsTrueOrFalse(String yaml, boolean expected) throws Exception {
    assertThat(value(yaml, Kind.bool())).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {"yes, 'yes'", "off, 'off'", "1, 1", "'true', 'true'", "tRue, 'tRue'"})
  void booleanRefuses(String yaml, String found) {
    assertThat(problems("key: " + yaml, root -> root.required("key", Kind.bool())))
        .containsExactly("test.yaml:1: key: expected true or false, found " + found);
  }

  @ParameterizedTest
  @CsvSource({
    "10s, PT10S",
    "500ms, PT0.5S",
    "5 min, PT5M",
    "5 m, PT5M",
    "1 H, PT1H",
    "2 days, PT48H",
    "90 seconds, PT1M30S",
    "100 millis, PT0.1S",
  })
  void durationHasAUnit(String yaml, Duration expected) throws Exception {
    assertThat(value(yaml, Kind.duration(Duration.ofMillis(1)))).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "10, 10",
        "99ms, '99ms'",
        "-1s, '-1s'",
        "1.5s, '1.5s'",
        "10 parsecs, '10 parsecs'",
        "PT10S, 'PT10S'",
        "s, 's'",
        "9999999999999s, '9999999999999s'",
        "999999999999 days, '999999999999 days'",
      })
  void durationRefuses(String yaml, String found) {
    assertThat(
            problems(
                "key: " + yaml,
                root -> root.required("key", Kind.duration(Duration.ofMillis(100)))))
        .containsExactly(
            "test.yaml:1: key: expected a duration of at least 100 ms with its unit, such as 10s,"
                + " 500ms or 5 min, found "
                + found);
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1",
    "1048576, 1048576",
    "'16mb', 16777216",
    "512 kb, 524288",
    "2 GiB, 2147483648",
    "7 bytes, 7",
    "'3k', 3072",
  })
  void sizeMayHaveAUnit(String yaml, long expected) throws Exception {
    assertThat(value(yaml, Kind.bytes(1, 4L << 30))).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "0, 0",
        "5gb, '5gb'",
        "-1, -1",
        "1.5mb, '1.5mb'",
        "mb, 'mb'",
        "16 megs, '16 megs'",
        "99999999999, 99999999999",
        "9999999999gb, '9999999999gb'",
        "true, true",
      })
  void sizeRefuses(String yaml, String found) {
    assertThat(problems("key: " + yaml, root -> root.required("key", Kind.bytes(1, 4L << 30))))
        .containsExactly(
            "test.yaml:1: key: expected a size from 1 to 4294967296 bytes, such as 1048576, 512 kb"
                + " or 16mb, found "
                + found);
  }

  @Test
  void choiceIsWrittenWithHyphens() throws Exception {
    assertThat(value("at-least-once", Kind.choice(Delivery.class)))
        .isEqualTo(Delivery.AT_LEAST_ONCE);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "exactly_once, `'exactly_once'; did you mean 'exactly-once'?`",
        "EXACTLY_ONCE, `'EXACTLY_ONCE'; did you mean 'exactly-once'?`",
        "at-leest-once, `'at-leest-once'; did you mean 'at-least-once'?`",
        "never, `'never'`",
        "1, `1`",
      })
  void choiceNamesTheNearest(String yaml, String found) {
    assertThat(problems("key: " + yaml, root -> root.required("key", Kind.choice(Delivery.class))))
        .containsExactly(
            "test.yaml:1: key: expected exactly-once or at-least-once, found " + found);
  }

  @Test
  void choiceOfOneNamesIt() {
    assertThat(problems("key: two", root -> root.required("key", Kind.choice(Only.class))))
        .containsExactly("test.yaml:1: key: expected one, found 'two'");
  }

  @Test
  void parsedValueIsWhatTheParserMakesOfIt() throws Exception {
    Kind<LocalDate> date = Kind.parsed("a date", LocalDate.EPOCH, LocalDate::parse);

    assertThat(value("2026-02-03", date)).isEqualTo(LocalDate.of(2026, 2, 3));
    assertThat(problems("key: 2026-02-30", root -> root.required("key", date)))
        .containsExactly("test.yaml:1: key: expected a date, found '2026-02-30'");
  }

  @ParameterizedTest
  @ValueSource(strings = {"|\n  two\n  lines", "\"two\\nlines\\n\""})
  void longTextIsShownInOneLine(String yaml) {
    assertThat(problems("key: " + yaml, root -> root.required("key", Kind.bool())))
        .containsExactly("test.yaml:1: key: expected true or false, found 'two\\nlines\\n'")
        .isNotEmpty();
  }

  @Test
  void veryLongTextIsCut() {
    assertThat(problems("key: " + "x".repeat(500), root -> root.required("key", Kind.bool())))
        .containsExactly(
            "test.yaml:1: key: expected true or false, found '" + "x".repeat(80) + "...'");
  }

  private static Object value(String yaml, Kind<?> kind) throws ConfigurationException {
    return Reading.<Object>read("key: " + yaml, root -> root.required("key", kind));
  }
}
