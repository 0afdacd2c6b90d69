package io.winnow.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TryVerbTest {
  private static final String TEXT = Winnow.model("bert-text").toString();
  private static final String TOKEN = Winnow.model("bert-token").toString();

  @TempDir Path folder;

  @Test
  void eachTextIsShownWithItsLabels() {
    Winnow winnow = Winnow.run("try", TEXT, "First text", "Second text");

    assertThat(winnow.status()).as(winnow.err()).isZero();
    assertThat(winnow.err()).isEmpty();
    assertThat(winnow.lines()).hasSize(4);
    assertThat(winnow.lines().get(0)).isEqualTo("First text");
    assertThat(winnow.lines().get(1))
        .matches(" +default .*(sports|politics|science|culture|other)");
    assertThat(winnow.lines().get(2)).isEqualTo("Second text");
  }

  @Test
  void goldenRecordsThatAreAnsweredOtherwiseAreAWarning() throws Exception {
    Path model = Winnow.copy("bert-text", folder);
    Winnow.seal(model);
    assertThat(Winnow.run("try", model.toString(), "A text").err()).isEmpty();
    Winnow.changeGoldenScore(model);

    Winnow winnow = Winnow.run("try", model.toString(), "--json", "A text");

    assertThat(winnow.status()).as(winnow.err()).isZero();
    assertThat(winnow.lines()).hasSize(1);
    assertThat(winnow.errors())
        .singleElement()
        .asString()
        .startsWith("warning: " + model + " answers 1 of 3 golden records otherwise");
  }

  @Test
  void jsonIsALineForEachTextWithItsFieldsInOrder() throws Exception {
    Winnow winnow = Winnow.run("try", TEXT, "--json", "First \"text\"", "Second\ntext");

    assertThat(winnow.status()).as(winnow.err()).isZero();
    assertThat(winnow.err()).isEmpty();
    assertThat(winnow.lines()).hasSize(2);
    assertThat(winnow.lines().get(0))
        .matches(
            """
            \\{"text":"First \\\\"text\\\\"","tokens":\\d+,"tokensRead":\\d+,"enrichments":\\[\
            \\{"name":"bert-text","head":"default","task":"text-classification",\
            "labels":\\[\\{"label":"[a-z]+","score":0\\.\\d+}]}],"fingerprint":"[0-9a-f]+"}""");
    JsonNode second = json(winnow.lines().get(1));
    assertThat(second.path("text").asText()).isEqualTo("Second\ntext");
    assertThat(second.path("tokensRead")).isEqualTo(second.path("tokens"));
  }

  @Test
  void jsonOfSpansHasTheirPlaceInTheText() throws Exception {
    String text = "😀 Anna Schmidt met Tim in Paris";
    Winnow winnow = Winnow.run("try", TOKEN, "--json", "--aggregation", "none", text);

    assertThat(winnow.status()).as(winnow.err()).isZero();
    JsonNode enrichment = json(winnow.out()).path("enrichments").path(0);
    assertThat(fields(enrichment)).containsExactly("name", "head", "task", "spans");
    assertThat(enrichment.path("task").asText()).isEqualTo("token-classification");
    assertThat(enrichment.path("spans").size()).isPositive();
    for (JsonNode span : enrichment.path("spans")) {
      assertThat(fields(span)).containsExactly("label", "text", "start", "end", "score");
      assertThat(text.substring(span.path("start").asInt(), span.path("end").asInt()))
          .isEqualTo(span.path("text").asText());
    }
  }

  @Test
  void textsComeFromStandardInputWhereNoneIsGiven() throws Exception {
    Winnow winnow = Winnow.runOn("Zoë\r\n\n東京 🗼", "try", TEXT, "--json");

    assertThat(winnow.status()).as(winnow.err()).isZero();
    assertThat(winnow.lines()).hasSize(3);
    assertThat(json(winnow.lines().get(0)).path("text").asText()).isEqualTo("Zoë");
    assertThat(json(winnow.lines().get(1)).path("rejected").path("reason").asText())
        .isEqualTo("empty-text");
    assertThat(json(winnow.lines().get(2)).path("text").asText()).isEqualTo("東京 🗼");
  }

  @Test
  void standardInputIsNotReadWhereTextsAreGiven() {
    Winnow winnow = Winnow.runOn("not read\n", "try", TEXT, "--json", "given");

    assertThat(winnow.lines()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({"'  ',empty-text", "a\u0007b,control-character", "a\ud83db,invalid-unicode"})
  void aTextThatNoModelReadsIsRejectedWithItsReason(String text, String reason) throws Exception {
    Winnow winnow = Winnow.run("try", TEXT, "--json", text, "A good text");

    assertThat(winnow.status()).isZero();
    assertThat(winnow.lines()).hasSize(2);
    JsonNode line = json(winnow.lines().get(0));
    assertThat(fields(line)).containsExactly("text", "rejected");
    assertThat(fields(line.path("rejected"))).containsExactly("reason", "message");
    assertThat(line.path("rejected").path("reason").asText()).isEqualTo(reason);
    assertThat(Winnow.run("try", TEXT, text).out()).contains(reason).doesNotContain("\u0007");
  }

  @Test
  void aTextOverTheLimitOfWindowsIsRejected() throws Exception {
    Winnow winnow = Winnow.run("try", TEXT, "--json", "many words ".repeat(5_000));

    assertThat(winnow.status()).isZero();
    assertThat(json(winnow.out()).path("rejected").path("reason").asText())
        .isEqualTo("text-too-long");
  }

  @Test
  void topKAndMinScoreChooseTheLabels() throws Exception {
    JsonNode three = json(Winnow.run("try", TEXT, "--json", "--top-k", "3", "A text").out());
    JsonNode none = json(Winnow.run("try", TEXT, "--json", "--min-score", "1", "A text").out());

    assertThat(three.findValue("labels").size()).isEqualTo(3);
    assertThat(none.findValue("labels").size()).isZero();
    assertThat(none.path("fingerprint")).isNotEqualTo(three.path("fingerprint"));
  }

  @Test
  void headsCanBeChosenByName() throws Exception {
    Winnow chosen = Winnow.run("try", TEXT, "--json", "--head", "default", "A text");
    Winnow unknown = Winnow.run("try", TEXT, "--json", "--head", "intent", "A text");

    assertThat(json(chosen.out()).path("enrichments").size()).isEqualTo(1);
    assertWrong(unknown, "intent", "default");
  }

  @ParameterizedTest
  @CsvSource({
    "--aggregation,furst,'none, simple, first, average, max'",
    "--aggregation,FIRST,'none, simple, first, average, max'",
    "--top-k,0,at least 1",
    "--top-k,many,--top-k",
    "--min-score,1.5,from 0 to 1",
    "--min-score,NaN,from 0 to 1",
    "--min-score,-0.1,from 0 to 1"
  })
  void aWrongValueIsNamedWithWhatIsExpected(String option, String value, String expected) {
    assertWrong(Winnow.run("try", TOKEN, option, value, "A text"), expected, value);
  }

  @Test
  void anOptionThatNoHeadLooksAtIsRefused() {
    assertWrong(
        Winnow.run("try", TOKEN, "--top-k", "3", "A text"), "Expected top-k with heads for");
    assertWrong(
        Winnow.run("try", TEXT, "--aggregation", "max", "A text"),
        "Expected aggregation with heads for");
  }

  @Test
  void aNameOfAHeadIsShownWithoutItsControlCharacters() throws Exception {
    Path model = Winnow.copy("bert-text", folder);
    Files.writeString(
        model.resolve("winnow.yaml"), "heads: [{name: \"a\\e[31m\", task: text-classification}]");

    Winnow winnow = Winnow.run("try", model.toString(), "A text");

    assertThat(winnow.status()).as(winnow.err()).isZero();
    assertThat(winnow.out()).contains("a␛[31m").doesNotContain("\u001b");
  }

  @Test
  void aModelThatIsNotThereIsNamed() {
    assertWrong(Winnow.run("try", "no/such/model", "A text"), "no/such/model", "found nothing");
  }

  @Test
  void anEmptyFolderLacksEverythingAtOnce() {
    Winnow winnow = Winnow.run("try", folder.toString(), "A text");

    assertWrong(winnow, "tokenizer.json", "model_quantized.onnx", "config.json");
    assertThat(winnow.errors()).hasSize(3);
  }

  @Test
  void aTruncatedModelIsNamed() throws Exception {
    Path model = Winnow.copy("bert-text", folder);
    byte[] whole = Files.readAllBytes(model.resolve("model.onnx"));
    Files.write(model.resolve("model.onnx"), Arrays.copyOf(whole, whole.length / 2));

    assertWrong(Winnow.run("try", model.toString(), "A text"), "model.onnx", "whole ONNX model");
  }

  @Test
  void aTokenizerThatIsNoneIsNamed() throws Exception {
    Path model = Winnow.copy("bert-text", folder);
    Files.writeString(model.resolve("tokenizer.json"), "{\"version\": \"1.0\"}");

    assertWrong(Winnow.run("try", model.toString(), "A text"), "tokenizer.json");
  }

  @Test
  void labelsThatDoNotFitAndAMissingTokenizerAreToldAtOnce() throws Exception {
    Path model = Winnow.copy("bert-text", folder);
    Files.delete(model.resolve("tokenizer.json"));
    Winnow.replace(model.resolve("config.json"), "\"3\": \"culture\",", "");
    Winnow.replace(model.resolve("config.json"), "\"4\": \"other\"", "\"3\": \"other\"");

    Winnow winnow = Winnow.run("try", model.toString(), "--json", "A text");

    assertWrong(winnow, "4 labels", "5 values", "tokenizer.json");
    assertThat(winnow.errors()).hasSize(2);
  }

  /** Wrong usage or configuration: words on standard error, nothing on standard output. */
  private static void assertWrong(Winnow winnow, String... said) {
    assertThat(winnow.status()).isEqualTo(2);
    assertThat(winnow.out()).isEmpty();
    assertThat(winnow.err()).startsWith("error: ").contains(said).doesNotContain("\tat ");
  }

  private static JsonNode json(String line) throws IOException {
    return new ObjectMapper().readTree(line);
  }

  private static List<String> fields(JsonNode node) {
    return StreamSupport.stream(((Iterable<String>) node::fieldNames).spliterator(), false)
        .toList();
  }
}
