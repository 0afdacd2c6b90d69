package io.winnow.jobs.cli;

import static io.winnow.jobs.cli.Dataset.fields;
import static io.winnow.jobs.cli.Dataset.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompareVerbTest {
  private static final Path TEXT = Winnow.model("bert-text");
  private static final Path OTHER = Winnow.model("distilbert-text");
  private static final Path TOKEN = Winnow.model("bert-token");

  @TempDir Path folder;

  @Test
  void aModelAgreesWithItself() throws Exception {
    JsonNode result = json(compare(TEXT, TEXT, unlabelled(), "--json").out());

    assertThat(fields(result))
        .startsWith("head", "examples", "agreed", "agreement", "a", "b")
        .doesNotContain("right", "pValue");
    assertThat(result.path("examples").asInt()).isEqualTo(3);
    assertThat(result.path("agreement").asDouble()).isEqualTo(1);
    assertThat(result.path("changes")).isEmpty();
    assertThat(result.path("scoreChanges")).isEmpty();
    assertThat(result.path("a").path("fingerprint"))
        .isEqualTo(result.path("b").path("fingerprint"));
  }

  @Test
  void anotherThresholdLosesAnswers() throws Exception {
    Path strict = strict("1");

    JsonNode result = json(compare(TEXT, strict, unlabelled(), "--json").out());

    assertThat(result.path("agreement").asDouble()).isZero();
    assertThat(result.path("changes").get(0).path("b").isNull()).isTrue();
    assertThat(result.path("labels").findValuesAsText("gained")).containsOnly("0");
    assertThat(result.path("scoreChanges")).isEmpty();
  }

  @Test
  void whereTheRightAnswersAreKnownBothAreMeasured() throws Exception {
    List<String> lines = new ArrayList<>();
    for (JsonNode answer : Dataset.answers(TEXT, List.of("One text", "Another text", "東京 🗼"))) {
      lines.add(Dataset.label(answer.path("text").asText(), answer.findValue("label").asText()));
    }

    JsonNode result = json(compare(TEXT, TEXT, lines, "--json").out());
    Winnow shown = compare(TEXT, TEXT, lines);

    assertThat(result.path("a").path("accuracy").asDouble()).isEqualTo(1);
    assertThat(result.path("b").path("accuracy").asDouble()).isEqualTo(1);
    assertThat(result.path("right").path("both").asInt()).isEqualTo(3);
    assertThat(result.path("pValue").asDouble()).isEqualTo(1);
    assertThat(result.path("f1Difference")).hasSize(2);
    assertThat(shown.out())
        .containsPattern("agreement +100\\.0 %")
        .containsPattern("Accuracy +100\\.0 % +100\\.0 % +\\+0\\.0")
        .contains("equally many texts right");
  }

  @Test
  void theReportIsWritten() throws Exception {
    Path report = folder.resolve("report.html");

    Winnow winnow = compare(TEXT, TEXT, unlabelled(), "--json", "--report", report.toString());

    assertThat(winnow.status()).as(winnow.err()).isZero();
    assertThat(winnow.lines()).hasSize(1);
    assertThat(report).content().startsWith("<!doctype html>").contains("winnow compare");
  }

  @Test
  void goldenRecordsThatAreAnsweredOtherwiseAreAWarning() throws Exception {
    Path model = Winnow.copy("bert-text", folder);
    Winnow.seal(model);
    Winnow.changeGoldenScore(model);

    Winnow winnow = compare(TEXT, model, unlabelled(), "--json");

    assertThat(winnow.status()).isZero();
    assertThat(winnow.errors())
        .singleElement()
        .asString()
        .startsWith("warning: " + model + " answers 1 of 3 golden records otherwise");
  }

  @Test
  void modelsWithOtherAnswersCannotBeCompared() throws Exception {
    Winnow winnow = compare(TEXT, TOKEN, unlabelled());

    assertThat(winnow.status()).isEqualTo(2);
    assertThat(winnow.out()).isEmpty();
    assertThat(winnow.err()).contains("label in A and spans in B");
  }

  @Test
  void aLabelThatOneSideAloneIsSureOfIsLostOrGained() throws Exception {
    Path strict = strict("0.5");

    JsonNode lost = json(compare(TEXT, strict, unlabelled(), "--json").out());
    JsonNode gained = json(compare(strict, TEXT, unlabelled(), "--json").out());

    assertThat(lost.path("agreed").asInt()).isEqualTo(2);
    assertThat(lost.path("agreement").asDouble()).isEqualTo(2 / 3.0);
    assertThat(lost.path("labels"))
        .containsExactly(json("{\"label\":\"other\",\"kept\":2,\"lost\":1,\"gained\":0}"));
    assertThat(lost.path("changes"))
        .containsExactly(json("{\"a\":\"other\",\"b\":null,\"count\":1}"));
    assertThat(gained.path("labels"))
        .containsExactly(json("{\"label\":\"other\",\"kept\":2,\"lost\":0,\"gained\":1}"));
  }

  @Test
  void labelsThatOneSideAloneKnowsAreCompared() throws Exception {
    JsonNode result = json(compare(TEXT, OTHER, unlabelled(), "--json").out());

    assertThat(result.path("examples").asInt()).isEqualTo(3);
    assertThat(result.path("agreed").asInt()).isZero();
    assertThat(result.path("disagreements")).hasSize(3);
  }

  @Test
  void linesAboutAHeadOfOneModelAloneAreSkipped() throws Exception {
    Path one = withHeads("{name: topic, task: text-classification}");
    Path two =
        withHeads(
            "{name: topic, task: text-classification}, {name: again, task: text-classification}");
    List<String> lines =
        List.of(
            Dataset.line("One text").put("label", "sports").put("head", "topic").toString(),
            Dataset.line("One text").put("label", "sports").put("head", "again").toString());

    for (Winnow winnow :
        List.of(compare(one, two, lines, "--json"), compare(two, one, lines, "--json"))) {
      assertThat(winnow.status()).as(winnow.err()).isZero();
      assertThat(json(winnow.out()).path("head").asText()).isEqualTo("topic");
      assertThat(json(winnow.out()).path("examples").asInt()).isEqualTo(1);
      assertThat(json(winnow.out()).path("skipped").asInt()).isEqualTo(1);
    }
    assertThat(compare(one, two, lines).out())
        .containsPattern("skipped +1 +lines about other heads");
  }

  @Test
  void everyFieldIsDocumented() throws Exception {
    List<String> labelled = List.of(Dataset.label("One text", "sports"));
    JsonNode result = json(compare(TEXT, TEXT, labelled, "--json").out());

    assertThat(Documented.under("Comparing two models").column("field"))
        .containsAll(fields(result));
  }

  /** Returns a copy of a model that gives a label from a score on only. */
  private Path strict(String minScore) throws IOException {
    return withHeads(
        "{name: default, task: text-classification, min-score: %s}".formatted(minScore));
  }

  private Path withHeads(String heads) throws IOException {
    Path model = Winnow.copy("bert-text", Files.createTempDirectory(folder, "model"));
    Files.writeString(model.resolve("winnow.yaml"), "heads: [%s]".formatted(heads));
    return model;
  }

  private static List<String> unlabelled() {
    return List.of(
        Dataset.line("One text").toString(),
        Dataset.line("Another text").toString(),
        Dataset.line("東京 🗼").toString());
  }

  private Winnow compare(Path a, Path b, List<String> lines, String... options) throws IOException {
    Path file = Dataset.write(folder, lines);
    List<String> arguments =
        new ArrayList<>(List.of("compare", a.toString(), b.toString(), file.toString()));
    arguments.addAll(List.of(options));
    return Winnow.run(arguments.toArray(String[]::new));
  }
}
