package io.winnow.operators.config;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import java.util.function.Function;

/** Reads YAML that stands in a test. */
final class Reading {
  private Reading() {}

  static <T> T read(String yaml, Function<Section, T> reader) throws ConfigurationException {
    return YamlFile.parse("test.yaml", yaml).as(reader);
  }

  static List<String> problems(String yaml, Function<Section, ?> reader) {
    return problems(yaml, Substitution.none(), reader);
  }

  static List<String> problems(
      String yaml, Substitution substitution, Function<Section, ?> reader) {
    return assertThatExceptionOfType(ConfigurationException.class)
        .isThrownBy(() -> YamlFile.parse("test.yaml", yaml, substitution).as(reader))
        .actual()
        .problems();
  }
}
