package io.winnow.operators.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SecretsTest {
  private final Secrets secrets = new Secrets();

  @Test
  void withoutSecretsATextStaysAsItIs() {
    assertThat(secrets.hide("found 's3cret'")).isEqualTo("found 's3cret'");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "found 's3cret'              | found '<from S>'",
        "s3cret                      | <from S>",
        "at s3cret:9092, not here    | at <from S>:9092, not here",
        "s3cret and s3cret           | <from S> and <from S>",
        "topic_s3cret                | topic_<from S>",
        "s3crets, as3cret, žs3cret   | s3crets, as3cret, žs3cret",
        "S3CRET                      | S3CRET",
      })
  void aSecretIsShownAsItsOrigin(String text, String shown) {
    secrets.add("s3cret", "<from S>");

    assertThat(secrets.hide(text)).isEqualTo(shown);
  }

  @Test
  void theProblemsOfAnExceptionAreShownWithoutSecrets() {
    secrets.add("s3cret", "<from S>");

    ConfigurationException hidden =
        secrets.hidden(new ConfigurationException(List.of("found 's3cret'", "found none")));

    assertThat(hidden.problems()).containsExactly("found '<from S>'", "found none");
    assertThat(hidden).hasMessage("found '<from S>'\nfound none").hasNoCause();
  }

  @Test
  void eachElementOfAListIsASecret() {
    secrets.add("a.example:9092, b.example:9092", "<from BROKERS>");

    assertThat(secrets.hide("no b.example:9092 in a.example:9092, b.example:9092"))
        .isEqualTo("no <from BROKERS> in <from BROKERS>");
  }

  @Test
  void whatALoginIsToldAsItsSecretIsOneByItself() {
    secrets.add(
        "LoginModule required username=\"ann\" password=\"s3 cret\" clientSecret='b\\'x' Token=t0ken;",
        "<from LOGIN>");

    assertThat(secrets.hide("ann: s3 cret, t0ken is required"))
        .isEqualTo("ann: <from LOGIN>, <from LOGIN> is required");
  }

  @Test
  void theLongerOfTwoSecretsIsHiddenWhole() {
    secrets.add("ann", "<from USER>");
    secrets.add("ann:pass", "<from LOGIN>");

    assertThat(secrets.hide("ann:pass, ann")).isEqualTo("<from LOGIN>, <from USER>");
  }

  @Test
  void aSecretIsNoPattern() {
    secrets.add("a.*(b|$1\\", "<from ${env:X}>");

    assertThat(secrets.hide("abc a.*(b|$1\\ def")).isEqualTo("abc <from ${env:X}> def");
  }

  @Test
  void whiteSpaceIsNoSecret() {
    secrets.add("", "<from EMPTY>");
    secrets.add(" ", "<from SPACE>");
    secrets.add("a, ", "<from LIST>");

    assertThat(secrets.hide("x a , y")).isEqualTo("x <from LIST> , y");
  }
}
