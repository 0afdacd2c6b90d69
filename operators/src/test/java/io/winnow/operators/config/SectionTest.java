package io.winnow.operators.config;

import static io.winnow.operators.config.Reading.problems;
import static io.winnow.operators.config.Reading.read;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SectionTest {
  private static final Kind<String> STRING = Kind.string();

  @Test
  void everyProblemIsToldAtOnceInTheOrderOfLines() {
    String yaml =
        """
        sink:
          format: 3
          topik: out
        parallelism: zero
        """;

    assertThat(
            problems(
                yaml,
                root -> {
                  root.required("parallelism", Kind.integer(1));
                  root.required("name", STRING);
                  Section sink = root.section("sink");
                  sink.required("topic", STRING);
                  return sink.required("format", STRING);
                }))
        .containsExactly(
            "test.yaml:1: name: missing; expected a non-empty string",
            "test.yaml:1: sink.topic: missing; expected a non-empty string",
            "test.yaml:2: sink.format: expected a non-empty string, found 3; put it in quotes",
            "test.yaml:3: sink.topik: unknown key; did you mean 'topic'?",
            "test.yaml:4: parallelism: expected a whole number of at least 1, found 'zero'");
  }

  @Test
  void missingKeyNamesTheLineOfItsSection() {
    String yaml =
        """
        a: 1

        deep:
          # a comment
          deeper:
            other: x
        """;

    assertThat(
            problems(
                yaml,
                root -> {
                  root.required("a", Kind.integer(0));
                  Section deeper = root.section("deep").section("deeper");
                  deeper.required("other", STRING);
                  return deeper.required("topic", STRING);
                }))
        .containsExactly("test.yaml:5: deep.deeper.topic: missing; expected a non-empty string");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "topik            | did you mean 'topic'?",
        "toipc            | did you mean 'topic'?",
        "Topic            | did you mean 'topic'?",
        "bootstrapServers | did you mean 'bootstrap-servers'?",
        "bootstrap_servers| did you mean 'bootstrap-servers'?",
        "topk             | did you mean 'top-k'?",
        "something        | known here: topic, bootstrap-servers, top-k",
      })
  void unknownKeyNamesTheNearestOneOrAll(String key, String hint) {
    assertThat(
            problems(
                key + ": 1",
                root -> {
                  root.optional("topic", STRING);
                  root.optional("bootstrap-servers", STRING);
                  return root.has("top-k");
                }))
        .containsExactly("test.yaml:1: %s: unknown key; %s".formatted(key, hint));
  }

  @Test
  void duplicateKeyNamesBothLines() {
    assertThat(
            problems(
                "in:\n  topic: a\n  other: b\n  topic: c",
                root -> {
                  Section in = root.section("in");
                  in.required("other", STRING);
                  return in.required("topic", STRING);
                }))
        .containsExactly(
            "test.yaml:4: in.topic: this key already stands on line 2; remove one of them");
  }

  @Test
  void keyThatIsNoScalarIsAProblem() {
    assertThat(problems("in:\n  ? [a, b]\n  : c", root -> root.section("in")))
        .containsExactly("test.yaml:2: in: expected a string as key, found a list");
    assertThat(problems("{a: b}: c", root -> root))
        .containsExactly("test.yaml:1: the root: expected a string as key, found a mapping");
  }

  @Test
  void optionalKeyMayBeAbsentButNotEmpty() throws Exception {
    assertThat(readOptional("{}")).isEmpty();
    assertThat(Reading.<String>read("{}", root -> root.optional("topic", STRING, "t")))
        .isEqualTo("t");
    assertThat(readOptional("topic: x")).contains("x");
    assertThat(problems("topic:", root -> root.optional("topic", STRING)))
        .containsExactly("test.yaml:1: topic: expected a non-empty string, found nothing");
  }

  @Test
  void faultyOptionalIsEmptySoThatReadingGoesOn() {
    assertThat(
            problems(
                "topic: [x]",
                root -> {
                  assertThat(root.optional("topic", STRING)).isEmpty();
                  assertThat(root.required("topic", STRING)).isEmpty();
                  return "";
                }))
        .containsExactly("test.yaml:1: topic: expected a non-empty string, found a list");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"text: a | 1", "text: [a] | 1", "text: [a, b] | 2"})
  void singleValueIsAListOfOne(String yaml, int size) throws Exception {
    assertThat(Reading.<List<String>>read(yaml, root -> root.list("text", STRING)))
        .hasSize(size)
        .startsWith("a");
  }

  @Test
  void listTellsEachFaultyElementWithItsPlace() {
    assertThat(problems("text:\n- a\n- 1\n- b\n- {}", root -> root.list("text", STRING)))
        .containsExactly(
            "test.yaml:3: text[1]: expected a non-empty string, found 1; put it in quotes",
            "test.yaml:5: text[3]: expected a non-empty string, found a mapping");
  }

  @Test
  void listMustNotBeEmpty() {
    assertThat(problems("text: []", root -> root.list("text", STRING)))
        .containsExactly("test.yaml:1: text: expected at least one element, found none");
    assertThat(problems("text: []", root -> root.optionalList("text", STRING)))
        .containsExactly("test.yaml:1: text: expected at least one element, found none");
    assertThat(problems("{}", root -> root.list("text", STRING)))
        .containsExactly("test.yaml:1: text: missing; expected a list, each a non-empty string");
  }

  @Test
  void optionalListIsEmptyWhereAbsent() throws Exception {
    assertThat(Reading.<List<String>>read("{}", root -> root.optionalList("text", STRING)))
        .isEmpty();
  }

  @Test
  void stringsTakeAnyScalarAndKeepTheOrder() throws Exception {
    String yaml =
        """
        kafka:
          security.protocol: SASL_SSL
          linger.ms: 5
          enable.idempotence: true
          client.rack: ""
        """;

    Map<String, String> strings = read(yaml, root -> root.section("kafka").strings());

    assertThat(strings)
        .containsExactly(
            Map.entry("security.protocol", "SASL_SSL"),
            Map.entry("linger.ms", "5"),
            Map.entry("enable.idempotence", "true"),
            Map.entry("client.rack", ""));
  }

  @Test
  void stringsRefuseWhatIsNoSingleValue() {
    assertThat(problems("a: {b: c}\nd:", root -> root.strings()))
        .containsExactly(
            "test.yaml:1: a: expected a single value, found a mapping",
            "test.yaml:2: d: expected a single value, found nothing");
  }

  @Test
  void missingSectionIsOneProblem() {
    assertThat(
            problems(
                "{}",
                root -> {
                  Section source = root.section("source");
                  source.problem("topic", "expected another");
                  assertThat(source.keys()).isEmpty();
                  assertThat(source.list("text", STRING)).isEmpty();
                  assertThat(source.section("nested").required("x", Kind.integer(3))).isEqualTo(3);
                  return source.required("topic", STRING);
                }))
        .containsExactly("test.yaml:1: source: missing; expected a mapping");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {"source: kafka | 'kafka'", "source: [a] | a list", "source: | nothing"})
  void sectionMustBeAMapping(String yaml, String found) {
    assertThat(problems(yaml, root -> root.section("source").required("topic", STRING)))
        .containsExactly("test.yaml:1: source: expected a mapping, found " + found);
    assertThat(problems(yaml, root -> root.optionalSection("source")))
        .containsExactly("test.yaml:1: source: expected a mapping, found " + found);
  }

  @Test
  void optionalSectionIsEmptyWhereAbsent() throws Exception {
    assertThat(Reading.<Boolean>read("{}", root -> root.optionalSection("kafka").isPresent()))
        .isFalse();
    assertThat(Reading.<List<Section>>read("{}", root -> root.optionalSections("heads"))).isEmpty();
  }

  @Test
  void sectionsOfAListHaveTheirIndexAndLine() {
    String yaml =
        """
        heads:
          - name: a

          - nam: b
          - c
        """;

    assertThat(
            problems(
                yaml,
                root ->
                    root.sections("heads").stream()
                        .map(head -> head.required("name", STRING))
                        .toList()))
        .containsExactly(
            "test.yaml:4: heads[1].name: missing; expected a non-empty string",
            "test.yaml:4: heads[1].nam: unknown key; did you mean 'name'?",
            "test.yaml:5: heads[2]: expected a mapping, found 'c'");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "heads: []     | expected at least one element, found none",
        "heads: {a: b} | expected a list of mappings, found a mapping",
        "{}            | missing; expected a list of mappings",
      })
  void sectionsAreAListOfAtLeastOne(String yaml, String what) {
    assertThat(problems(yaml, root -> root.sections("heads")))
        .containsExactly("test.yaml:1: heads: " + what);
  }

  @Test
  void elementThatStandsTwiceByAnAliasHasItsOwnPath() {
    assertThat(problems("text: [&x 1, *x]", root -> root.list("text", STRING)))
        .containsExactly(
            "test.yaml:1: text[0]: expected a non-empty string, found 1; put it in quotes",
            "test.yaml:1: text[1]: expected a non-empty string, found 1; put it in quotes");
  }

  @Test
  void ownProblemHasTheLineOfTheValue() {
    assertThat(
            problems(
                "a: x\nb:\n  c\n",
                root -> {
                  root.required("a", STRING);
                  root.required("b", STRING);
                  root.problem("b", "must not be %s".formatted(root.shown("b")));
                  root.problem("none", "is %s".formatted(root.shown("none")));
                  return "";
                }))
        .containsExactly("test.yaml:1: none: is nothing", "test.yaml:3: b: must not be 'c'");
  }

  @Test
  void ownProblemOfAnElementHasItsLineAndPlace() {
    assertThat(
            problems(
                "list:\n- a\n- b\n- c\none: a\nfaulty:\n- 1\n- b",
                root -> {
                  root.list("list", STRING);
                  root.problem("list", 1, "is wrong");
                  root.problem("list", 1, "is wrong in another way");
                  root.problem("list", 2, "is wrong");
                  root.list("one", STRING);
                  root.problem("one", 0, "is wrong");
                  root.list("faulty", STRING);
                  root.problem("faulty", 0, "is another element than it seems");
                  return "";
                }))
        .containsExactly(
            "test.yaml:3: list[1]: is wrong",
            "test.yaml:4: list[2]: is wrong",
            "test.yaml:5: one: is wrong",
            "test.yaml:7: faulty[0]: expected a non-empty string, found 1; put it in quotes");
  }

  @Test
  void onlyTheFirstProblemOfAKeyIsTold() {
    assertThat(
            problems(
                "a: 1\nb: x",
                root -> {
                  root.required("a", STRING);
                  root.problem("a", "is another problem");
                  root.required("b", STRING);
                  root.problem("b", "is wrong");
                  root.problem("b", "is wrong in another way");
                  root.required("c", STRING);
                  root.problem("c", "is wrong");
                  return "";
                }))
        .containsExactly(
            "test.yaml:1: a: expected a non-empty string, found 1; put it in quotes",
            "test.yaml:1: c: missing; expected a non-empty string",
            "test.yaml:2: b: is wrong");
  }

  @Test
  void keysAreThoseOfTheFileInItsOrder() throws Exception {
    List<String> keys =
        read(
            "b: {x: 1}\na: {x: 2}",
            root -> root.keys().stream().filter(key -> hasX(root, key)).toList());

    assertThat(keys).containsExactly("b", "a");
  }

  @Test
  void shownOfACollectionIsItsForm() throws Exception {
    assertThat(Reading.<String>read("a: [x]", root -> root.has("a") ? root.shown("a") : ""))
        .isEqualTo("a list");
  }

  @Test
  void textOfASectionIsItsPathOnly() throws Exception {
    assertThat(Reading.<String>read("a: {}", root -> root + ", " + root.section("a")))
        .isEqualTo("the root section, section a");
  }

  private static Optional<String> readOptional(String yaml) throws ConfigurationException {
    return read(yaml, root -> root.optional("topic", STRING));
  }

  private static boolean hasX(Section root, String key) {
    return root.section(key).required("x", Kind.integer(0)) > 0;
  }
}
