package io.winnow.jobs.cli;

import static io.winnow.jobs.cli.Dataset.fields;
import static io.winnow.jobs.cli.Dataset.json;
import static io.winnow.jobs.cli.Dataset.label;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvaluateVerbTest {
  private static final Path TEXT = Winnow.model("bert-text");
  private static final Path MULTI = Winnow.model("bert-multilabel");
  private static final Path TOKEN = Winnow.model("bert-token");
  private static final List<String> TEXTS =
      List.of("First text", "Second text, a longer one", "Anna met Tim in Paris", "東京 🗼 tower");

  @TempDir Path folder;

  @Test
  void answersOfTheModelItselfAreAllRight() throws Exception {
    JsonNode result = json(evaluate(TEXT, labelled(TEXT), "--json").out());

    assertThat(fields(result))
        .startsWith("head", "examples", "accuracy", "macroF1", "microF1", "ece", "tokensPerSecond")
        .doesNotContain("spanF1", "rejection", "spanErrors")
        .contains("rejected", "skipped", "labels", "fingerprint", "dataset");
    assertThat(result.path("head").asText()).isEqualTo("default");
    assertThat(result.path("examples").asInt()).isEqualTo(4);
    assertThat(result.path("accuracy").asDouble()).isEqualTo(1);
    assertThat(result.path("macroF1").asDouble()).isEqualTo(1);
    assertThat(result.path("tokensPerSecond").asDouble()).isPositive();
    assertThat(result.path("rejected").asInt()).isZero();
    assertThat(result.path("dataset").asText()).isEqualTo("data.jsonl");
  }

  @Test
  void theFingerprintIsThatOfInspect() throws Exception {
    JsonNode result = json(evaluate(TEXT, labelled(TEXT), "--json", "--head", "default").out());
    JsonNode inspected = json(Winnow.run("inspect", TEXT.toString(), "--json").out());

    assertThat(result.path("fingerprint")).isEqualTo(inspected.path("fingerprint"));
  }

  @Test
  void aWrongLabelCosts() throws Exception {
    List<String> lines = new ArrayList<>(labelled(TEXT));
    String right = json(lines.get(0)).path("label").asText();
    lines.set(0, label(TEXTS.get(0), right.equals("sports") ? "politics" : "sports"));

    JsonNode result = json(evaluate(TEXT, lines, "--json").out());

    assertThat(result.path("accuracy").asDouble()).isEqualTo(0.75);
  }

  @Test
  void severalLabelsAreThoseThatThePipelineReports() throws Exception {
    List<String> lines = new ArrayList<>();
    for (JsonNode answer : Dataset.answers(MULTI, TEXTS)) {
      lines.add(
          Dataset.labels(
              answer.path("text").asText(), answer.findValue("labels").findValuesAsText("label")));
    }

    JsonNode result = json(evaluate(MULTI, lines, "--json").out());

    assertThat(result.path("accuracy").asDouble()).isEqualTo(1);
    assertThat(result.path("labels")).hasSize(5);
    assertThat(result.path("ece").asDouble()).isBetween(0.0, 1.0);
  }

  @Test
  void spansOfTheModelItselfAreAllRight() throws Exception {
    JsonNode result = json(evaluate(TOKEN, spans(), "--json").out());

    assertThat(fields(result))
        .startsWith("head", "examples", "macroF1", "microF1", "spanF1", "tokensPerSecond")
        .doesNotContain("accuracy", "ece");
    assertThat(result.path("spanF1").asDouble()).isEqualTo(1);
    assertThat(result.path("spanErrors").path("exact").asInt()).isPositive();
    assertThat(result.path("spanErrors").path("missed").asInt()).isZero();
  }

  @Test
  void optionsChangeTheAnswersAsInAPipeline() throws Exception {
    JsonNode result = json(evaluate(TOKEN, spans(), "--json", "--min-score", "1").out());

    assertThat(result.path("spanF1").asDouble()).isZero();
    assertThat(result.path("spanErrors").path("exact").asInt()).isZero();
  }

  @Test
  void aRejectedTextIsWrongAndCounted() throws Exception {
    List<String> lines = new ArrayList<>(labelled(TEXT));
    lines.add(label(" ", "sports"));
    lines.add(label("many words ".repeat(5_000), "sports"));

    JsonNode result = json(evaluate(TEXT, lines, "--json").out());

    assertThat(result.path("examples").asInt()).isEqualTo(6);
    assertThat(result.path("rejected").asInt()).isEqualTo(2);
    assertThat(fields(result.path("rejectedReasons")))
        .containsExactly("empty-text", "text-too-long");
    assertThat(result.path("accuracy").asDouble()).isCloseTo(4 / 6.0, within(1e-9));
  }

  @Test
  void whereEveryTextIsRejectedThereIsNoSpeed() throws Exception {
    JsonNode result = json(evaluate(TEXT, List.of(label(" ", "sports")), "--json").out());

    assertThat(result.path("rejected").asInt()).isEqualTo(1);
    assertThat(fields(result)).doesNotContain("tokensPerSecond", "textsPerSecond");
  }

  @Test
  void aRejectingLabelCanBeNamed() throws Exception {
    List<String> lines = List.of(label("One text", "other"), label("Paris", "sports"));

    JsonNode result = json(evaluate(TEXT, lines, "--json", "--reject", "other").out());
    JsonNode none = json(evaluate(TEXT, lines, "--json", "--reject", "politics").out());
    Winnow shown = evaluate(TEXT, lines, "--reject", "politics");
    Winnow unknown = evaluate(TEXT, labelled(TEXT), "--json", "--reject", "othr");

    assertThat(fields(result.path("rejection")))
        .containsExactly("label", "recall", "support", "lostShare", "others");
    assertThat(fields(none.path("rejection")))
        .containsExactly("label", "support", "lostShare", "others");
    assertThat(shown.out())
        .containsPattern("politics +0\\.0 % +sent there, where none of the 2 texts belongs");
    assertWrong(unknown, "--reject", "'othr'", "did you mean 'other'?");
  }

  @Test
  void everyFieldIsDocumented() throws Exception {
    List<String> labels = new ArrayList<>(labelled(TEXT));
    labels.add(label(" ", "sports"));
    Set<String> printed = new TreeSet<>();
    printed.addAll(fields(json(evaluate(TEXT, labels, "--json", "--reject", "other").out())));
    printed.addAll(fields(json(evaluate(TOKEN, spans(), "--json").out())));

    assertThat(Documented.under("Evaluating a model").column("field"))
        .containsExactlyInAnyOrderElementsOf(printed);
  }

  @Test
  void peopleGetATableOfLabelsAndTheWholeBelow() throws Exception {
    Winnow winnow = evaluate(TEXT, labelled(TEXT));

    assertThat(winnow.status()).as(winnow.err()).isZero();
    assertThat(winnow.err()).isEmpty();
    assertThat(winnow.lines().get(0)).isEqualTo("bert-text, head default, 4 texts of data.jsonl");
    assertThat(winnow.lines().get(1)).matches(" +label +precision +recall +F1 +support");
    assertThat(winnow.out())
        .containsPattern("accuracy +100\\.0 %")
        .containsPattern("macro F1 +100\\.0 %")
        .containsPattern("ECE +\\d+\\.\\d %")
        .containsPattern("speed +[0-9.,]+ +tokens/s");
  }

  @Test
  void theReportIsWrittenAndNothingElseIsPrintedWithJson() throws Exception {
    Path report = folder.resolve("report.html");

    Winnow winnow = evaluate(TEXT, labelled(TEXT), "--json", "--report", report.toString());

    assertThat(winnow.status()).as(winnow.err()).isZero();
    assertThat(winnow.lines()).hasSize(1);
    assertThat(winnow.err()).isEmpty();
    assertThat(report).content().startsWith("<!doctype html>").contains("bert-text");
  }

  @Test
  void aReportThatCannotBeWrittenIsToldBeforeTheRun() throws Exception {
    assertWrong(
        evaluate(TEXT, labelled(TEXT), "--report", folder.resolve("no/r.html").toString()),
        "--report",
        "no");
    assertWrong(evaluate(TEXT, labelled(TEXT), "--report", folder.toString()), "--report");
  }

  @Test
  void everyProblemOfTheDataIsALineWithItsPlace() throws Exception {
    Winnow winnow =
        evaluate(
            TEXT,
            List.of(
                label("a", "sprots"),
                "{\"text\": \"b\"",
                "{\"text\": \"c\", \"spans\": []}",
                label("d", "sports")),
            "--json");

    assertWrong(winnow, "data.jsonl:1: ", "'sprots'", "did you mean 'sports'?", "data.jsonl:2: ");
    assertThat(winnow.errors()).hasSize(3);
    assertThat(winnow.err()).contains("data.jsonl:3: found spans");
  }

  @Test
  void aHeadThatIsNotThereIsNamed() throws Exception {
    assertWrong(evaluate(TEXT, labelled(TEXT), "--head", "defualt"), "defualt", "'default'");
  }

  @Test
  void plainValuesCannotBeMeasuredByLabels() throws Exception {
    assertWrong(
        evaluate(Winnow.model("bert-regression"), List.of(label("a", "SCORE"))),
        "Expected a head that gives labels or spans, found plain values only");
  }

  @Test
  void aFileThatIsNotThereIsNamed() {
    Winnow winnow = Winnow.run("evaluate", TEXT.toString(), "no/data.jsonl");

    assertWrong(winnow, "no/data.jsonl: expected a data set of JSON lines, found nothing");
  }

  @Test
  void aModelThatIsNotThereIsNamed() {
    assertWrong(Winnow.run("evaluate", "no/model", "no/data.jsonl"), "no/model", "found nothing");
  }

  @Test
  void eachHeadOfTheDataIsAnObjectOnItsOwnLine() throws Exception {
    Path model = twoHeads();
    List<String> lines = new ArrayList<>();
    for (String line : labelled(TEXT)) {
      lines.add(((ObjectNode) json(line)).put("head", "topic").toString());
      lines.add(((ObjectNode) json(line)).put("head", "again").toString());
    }

    Winnow both = evaluate(model, lines, "--json");
    Winnow one = evaluate(model, lines, "--json", "--head", "again");
    Winnow unclear = evaluate(model, labelled(TEXT), "--json");

    assertThat(both.lines()).hasSize(2);
    assertThat(json(both.lines().get(0)).path("head").asText()).isEqualTo("topic");
    assertThat(json(both.lines().get(1)).path("head").asText()).isEqualTo("again");
    assertThat(one.lines()).hasSize(1);
    assertThat(json(one.out()).path("skipped").asInt()).isEqualTo(4);
    assertWrong(unclear, "topic and again alike", "--head");
  }

  @Test
  void goldenRecordsThatAreAnsweredOtherwiseAreAWarning() throws Exception {
    Path model = Winnow.copy("bert-text", folder);
    Winnow.seal(model);
    assertThat(evaluate(model, labelled(TEXT)).err()).isEmpty();
    Winnow.changeGoldenScore(model);

    Winnow winnow = evaluate(model, labelled(TEXT), "--json");

    assertThat(winnow.status()).isZero();
    assertThat(winnow.lines()).hasSize(1);
    assertThat(winnow.err())
        .startsWith("warning: " + model + " answers 1 of 3 golden records otherwise");
  }

  private Path twoHeads() throws IOException {
    Path model = Winnow.copy("bert-text", folder);
    Files.writeString(
        model.resolve("winnow.yaml"),
        """
        heads:
          - {name: topic, task: text-classification}
          - {name: again, task: text-classification}
        """);
    return model;
  }

  private Winnow evaluate(Path model, List<String> lines, String... options) throws IOException {
    Path file = Dataset.write(folder, lines);
    List<String> arguments = new ArrayList<>(List.of("evaluate", model.toString()));
    arguments.add(file.toString());
    arguments.addAll(List.of(options));
    return Winnow.run(arguments.toArray(String[]::new));
  }

  private static List<String> labelled(Path model) throws IOException {
    List<String> lines = new ArrayList<>();
    for (JsonNode answer : Dataset.answers(model, TEXTS)) {
      lines.add(label(answer.path("text").asText(), answer.findValue("label").asText()));
    }
    return lines;
  }

  private static List<String> spans() throws IOException {
    List<String> lines = new ArrayList<>();
    for (JsonNode answer : Dataset.answers(TOKEN, TEXTS)) {
      ObjectNode line = Dataset.line(answer.path("text").asText());
      lines.add(line.set("spans", (ArrayNode) answer.findValue("spans")).toString());
    }
    return lines;
  }

  /** Wrong usage or configuration: words on standard error, nothing on standard output. */
  private static void assertWrong(Winnow winnow, String... said) {
    assertThat(winnow.status()).isEqualTo(2);
    assertThat(winnow.out()).isEmpty();
    assertThat(winnow.err()).startsWith("error: ").contains(said).doesNotContain("\tat ");
  }
}
