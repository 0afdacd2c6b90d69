package io.winnow.operators.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class YamlFileTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"", "# only a comment", "---"})
  void emptyFileIsRefused(String yaml) {
    assertThat(problem(yaml)).startsWith("p.yaml:1: expected a mapping of keys to values, found ");
  }

  @Test
  void rootMustBeAMapping() {
    assertThat(problem("\n- a\n"))
        .isEqualTo("p.yaml:2: expected a mapping of keys to values, found a list");
    assertThat(problem("text"))
        .isEqualTo("p.yaml:1: expected a mapping of keys to values, found 'text'");
  }

  @Test
  void syntaxErrorHasLineAndColumn() {
    assertThat(problem("a: 1\nb: [1, 2\nc: 3\n"))
        .startsWith("p.yaml:3:")
        .contains("expected YAML, but while parsing a flow sequence")
        .doesNotContain("\n");
    assertThat(problem("a: \"open")).startsWith("p.yaml:1:9: expected YAML, but ");
    assertThat(problem("a:\n\tb: 1")).startsWith("p.yaml:2:1: expected YAML, but ");
  }

  @Test
  void secondDocumentIsRefused() {
    assertThat(problem("a: 1\n---\nb: 2\n"))
        .startsWith("p.yaml:2:1: ")
        .contains("expected a single document");
  }

  @Test
  void undefinedAliasIsRefused() {
    assertThat(problem("a: *none")).startsWith("p.yaml:1:4: ").contains("none");
  }

  @Test
  void characterThatYamlForbidsIsRefused() {
    assertThat(problem("a: \u0001")).startsWith("p.yaml: expected YAML, but ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"[", "{a: "})
  void deepNestingIsRefused(String open) {
    assertThat(problem("a: " + open.repeat(100_000)))
        .isEqualTo("p.yaml: expected YAML, but it is nested too deeply");
  }

  @Test
  void aliasesThatGrowAreRefused() {
    StringBuilder yaml = new StringBuilder("a0: &a0 [x]\n");
    for (int i = 1; i < 60; i++) {
      yaml.append("a%1$d: &a%1$d [*a%2$d, *a%2$d]\n".formatted(i, i - 1));
    }

    assertThat(problem(yaml.toString())).startsWith("p.yaml: expected YAML, but Number of aliases");
  }

  @Test
  void largeFileIsRefused() throws Exception {
    Path file = folder.resolve("p.yaml");
    Files.writeString(file, "a: 1 #" + " ".repeat((3 << 20) - 6));
    assertThat(YamlFile.read(file).<Object>as(root -> root.required("a", Kind.integer(0))))
        .isEqualTo(1);

    Files.writeString(file, " ", StandardOpenOption.APPEND);

    assertThatExceptionOfType(ConfigurationException.class)
        .isThrownBy(() -> YamlFile.read(file))
        .withMessage(file + ": expected a YAML file of at most 3145728 bytes, found more");
  }

  @Test
  void byteOrderMarkIsNoPartOfTheFirstKey() throws Exception {
    assertThat(
            YamlFile.parse("p.yaml", "\uFEFFa: b")
                .<Object>as(root -> root.required("a", Kind.string())))
        .isEqualTo("b");
  }

  @Test
  void fileIsReadAsUtf8AndNamedByItsPath() throws Exception {
    Path file = Files.writeString(folder.resolve("p.yaml"), "a: žluť\n");

    assertThat(YamlFile.read(file).<Object>as(root -> root.required("a", Kind.string())))
        .isEqualTo("žluť");
    assertThatExceptionOfType(ConfigurationException.class)
        .isThrownBy(() -> YamlFile.read(file).as(root -> ""))
        .withMessageStartingWith(file + ":1: a: unknown key; ");
  }

  @Test
  void missingFileIsNamed() {
    Path file = folder.resolve("p.yaml");

    assertThatExceptionOfType(ConfigurationException.class)
        .isThrownBy(() -> YamlFile.read(file))
        .withMessage(file + ": expected a YAML file, found none");
  }

  @Test
  void folderIsNoFile() {
    assertThatExceptionOfType(ConfigurationException.class)
        .isThrownBy(() -> YamlFile.read(folder))
        .withMessageStartingWith(folder + ": expected a readable YAML file, but ");
  }

  @Test
  void otherEncodingIsRefused() throws Exception {
    Path file = Files.write(folder.resolve("p.yaml"), new byte[] {'a', ':', ' ', (byte) 0xe9});

    assertThatExceptionOfType(ConfigurationException.class)
        .isThrownBy(() -> YamlFile.read(file))
        .withMessage(file + ": expected UTF-8, found other bytes");
  }

  @Test
  void messageHasOneLineForEachProblem() {
    assertThatExceptionOfType(ConfigurationException.class)
        .isThrownBy(() -> YamlFile.parse("p.yaml", "a: 1\nb: 2").as(root -> root.has("c")))
        .withMessage(
            "p.yaml:1: a: unknown key; known here: c\n"
                + "p.yaml:2: b: unknown key; known here: c");
  }

  @Test
  void fileMayBeReadTwice() throws Exception {
    YamlFile file = YamlFile.parse("p.yaml", "a: 1");

    assertThatExceptionOfType(ConfigurationException.class).isThrownBy(() -> file.as(root -> ""));
    assertThat(file.<Object>as(root -> root.required("a", Kind.integer(0)))).isEqualTo(1);
  }

  private static String problem(String yaml) {
    return assertThatExceptionOfType(ConfigurationException.class)
        .isThrownBy(() -> YamlFile.parse("p.yaml", yaml))
        .actual()
        .problems()
        .get(0);
  }
}
