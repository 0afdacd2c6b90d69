package io.winnow.operators.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatObject;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class SubstitutionTest {
  private static final Map<String, String> ENVIRONMENT =
      Map.of(
          "USER",
          "ann",
          "PASSWORD",
          "s3cret",
          "SIZE",
          "12",
          "NESTED",
          "${env:PASSWORD}",
          "ODD",
          "$1\\",
          "EMPTY",
          "");

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "${env:USER}                   | ann",
        "'${env:USER}'                 | ann",
        "jaas=\"${env:USER}:${env:PASSWORD}\"; | jaas=\"ann:s3cret\";",
        "a ${env:EMPTY}b               | a b",
        "${env:SIZE}                   | 12",
        "$${env:USER}                  | ${env:USER}",
        "$${${env:USER}}               | ${ann}",
        "${env:NESTED}                 | ${env:PASSWORD}",
        "${env:ODD}                    | $1\\",
        "$USER $ {x} }                 | $USER $ {x} }",
      })
  void variableIsReplaced(String yaml, String expected) throws Exception {
    assertThat(value("key: " + yaml)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"'pw', pw", "'pw\n', pw", "'pw\r\n', pw", "'pw\n\n', 'pw\n'", "' pw ', ' pw '"})
  void fileIsReplacedWithoutItsLastNewline(String content, String expected) throws Exception {
    Files.writeString(folder.resolve("secret"), content);

    assertThat(value("key: ${file:secret}")).isEqualTo(expected);
    assertThat(value("key: ${file:%s}".formatted(folder.resolve("secret").toAbsolutePath())))
        .isEqualTo(expected);
  }

  @Test
  void substitutedValueMayBeOfAnyType() throws Exception {
    Substitution all = Substitution.of(Map.of("N", "3", "B", "true", "D", "2s"), folder);
    YamlFile file =
        YamlFile.parse("p.yaml", "n: '${env:N}'\nx: ${env:N}\nb: ${env:B}\nd: ${env:D}", all);

    assertThatObject(
            file.<List<?>>as(
                root ->
                    List.of(
                        root.required("n", Kind.integer(1)),
                        root.required("x", Kind.number(0, 9)),
                        root.required("b", Kind.bool()),
                        root.required("d", Kind.duration(Duration.ZERO)))))
        .isEqualTo(List.of(3, 3.0, true, Duration.ofSeconds(2)));
  }

  @Test
  void onlyWhoAsksGetsSubstitution() throws Exception {
    assertThat(
            YamlFile.parse("p.yaml", "key: $${env:USER}")
                .<String>as(root -> root.required("key", Kind.string())))
        .isEqualTo("$${env:USER}");
  }

  @Test
  void keysAndUnreadValuesAreLeftAlone() {
    assertThat(problems("${env:NONE}: x\nother: ${env:NONE}", root -> root.has("key")))
        .allMatch(problem -> problem.contains("unknown key"))
        .hasSize(2);
  }

  @Test
  void whatCannotBeReplacedIsAProblemWithItsLine() {
    String yaml =
        """
        a: ${env:NONE}
        b: x${file:none.txt}
        c: ${vault:x}
        d: "${env:USER"
        e: ${}
        """;

    assertThat(problems(yaml, Section::strings))
        .containsExactly(
            "p.yaml:1: a: expected the environment variable NONE, but it is not set",
            "p.yaml:2: b: expected a readable UTF-8 file none.txt, but NoSuchFileException",
            "p.yaml:3: c: expected ${env:NAME} or ${file:PATH}, found '${vault:x}'; write $${ for"
                + " ${ itself",
            "p.yaml:4: d: expected ${env:NAME} or ${file:PATH}, found '${env:USER'; write $${ for"
                + " ${ itself",
            "p.yaml:5: e: expected ${env:NAME} or ${file:PATH}, found '${}'; write $${ for ${"
                + " itself");
  }

  private static List<Kind<?>> kinds() {
    return List.of(
        Kind.integer(1),
        Kind.number(0, 1),
        Kind.bool(),
        Kind.duration(Duration.ZERO),
        Kind.choice(Word.class),
        Kind.parsed("a number", 0, Integer::valueOf));
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void substitutedValueNeverShowsInAMessage(Kind<?> kind) {
    assertThat(problems("key: ${env:PASSWORD}", root -> root.required("key", kind)))
        .containsExactly(
            "p.yaml:1: key: expected %s, found <from ${env:PASSWORD}>".formatted(kind.expected()));
    assertThat(problems("key: ['x${env:PASSWORD}']", root -> root.list("key", kind)))
        .containsExactly(
            "p.yaml:1: key[0]: expected %s, found <from x${env:PASSWORD}>"
                .formatted(kind.expected()));
  }

  @Test
  void substitutedValueIsShownByItsOrigin() throws Exception {
    assertThat(
            this.<String>read(
                "key: x${env:PASSWORD}",
                root -> root.required("key", Kind.string()) + root.shown("key")))
        .isEqualTo("xs3cret<from x${env:PASSWORD}>");
  }

  @Test
  void whatWasSubstitutedIsKnownAsASecret() throws Exception {
    Secrets secrets =
        read(
            "key: x${env:USER}-${env:PASSWORD}\nother: $${USER}",
            root -> {
              root.strings();
              return root.secrets();
            });

    assertThat(secrets.hide("'xann-s3cret', ann, s3cret, ${USER}, x"))
        .isEqualTo(
            "'<from x${env:USER}-${env:PASSWORD}>', <from ${env:USER}>, <from ${env:PASSWORD}>,"
                + " ${USER}, x");
  }

  private enum Word {
    S3CRETS
  }

  private String value(String yaml) throws ConfigurationException {
    return read(yaml, root -> root.required("key", Kind.string()));
  }

  private <T> T read(String yaml, Function<Section, T> reader) throws ConfigurationException {
    return YamlFile.parse("p.yaml", yaml, Substitution.of(ENVIRONMENT, folder)).as(reader);
  }

  private List<String> problems(String yaml, Function<Section, ?> reader) {
    return assertThatExceptionOfType(ConfigurationException.class)
        .isThrownBy(() -> read(yaml, reader))
        .actual()
        .problems();
  }
}
