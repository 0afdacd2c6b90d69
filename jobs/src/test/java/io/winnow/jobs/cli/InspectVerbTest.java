package io.winnow.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InspectVerbTest {
  private static final String MODEL = Winnow.model("bert-token").toString();

  @TempDir Path folder;

  @Test
  void aBundleIsShownForPeople() {
    Winnow winnow = Winnow.run("inspect", MODEL);

    assertThat(winnow.status()).as(winnow.err()).isZero();
    assertThat(winnow.err()).isEmpty();
    assertThat(winnow.lines().get(0)).isEqualTo("bert-token");
    assertThat(winnow.out())
        .contains("input_ids[?, ?]", "logits[?, ?, 7]", "head          default, token-class")
        .contains("7 labels: O, B-PER, I-PER, B-ORG, I-ORG, B-LOC, I-LOC")
        .containsPattern(
            "  memory        [.0-9]+ MiB outside the heap, [.0-9]+ MiB for each subtask, 96.0 MiB")
        .contains("  seal          none; 'winnow seal' makes one")
        .contains("  invariance    not proven: each text runs alone");
  }

  @Test
  void aSealIsShownWithWhatItProves() throws Exception {
    Path model = Winnow.copy("bert-token", folder);
    Winnow.seal(model);

    Winnow winnow = Winnow.run("inspect", model.toString());

    assertThat(winnow.status()).as(winnow.err()).isZero();
    assertThat(winnow.out())
        .containsPattern("  seal          ONNX Runtime 1\\.\\d+\\.\\d+ on .*, tolerance 0.05")
        .contains("  files         5 verified: config.json, golden.jsonl, model.onnx")
        .containsPattern("  invariance    proven: largest difference of logits .*, runs \\d+\\R");
    JsonNode bundle =
        new ObjectMapper().readTree(Winnow.run("inspect", model.toString(), "--json").out());
    assertThat(bundle.path("batchInvariance").path("proven").asBoolean()).isTrue();
    assertThat(bundle.path("batchInvariance").path("runs").asInt()).isPositive();
    assertThat(bundle.path("batchInvariance").path("flippedLabels").isInt()).isTrue();
    assertThat(bundle.path("batchInvariance").path("largestLogitDifference").isNumber()).isTrue();
    assertThat(bundle.path("seal").path("sha256").path("golden.jsonl").asText()).hasSize(64);
  }

  @Test
  void aBundleIsOneJsonObject() throws Exception {
    Winnow winnow = Winnow.run("inspect", MODEL, "--json");

    assertThat(winnow.status()).as(winnow.err()).isZero();
    assertThat(winnow.lines()).hasSize(1);
    JsonNode bundle = new ObjectMapper().readTree(winnow.out());
    assertThat(bundle.fieldNames())
        .toIterable()
        .containsExactlyInAnyOrderElementsOf(
            Documented.under("Looking at a model").column("field of `inspect`"));
    assertThat(bundle.path("bytes").asLong())
        .isEqualTo(Files.size(Winnow.model("bert-token").resolve("model.onnx")));
    assertThat(bundle.path("memory").path("weightsBytes").asLong())
        .isGreaterThan(bundle.path("bytes").asLong());
    assertThat(bundle.path("memory").path("subtaskBytes").asLong()).isPositive();
    assertThat(bundle.path("seal").isNull()).isTrue();
    assertThat(bundle.path("batchInvariance").path("proven").asBoolean()).isFalse();
    assertThat(bundle.path("heads").path(0).path("labels").size()).isEqualTo(7);
    assertThat(bundle.path("heads").path(0).path("output").asText()).isEqualTo("logits");
  }

  @Test
  void externalWeightsCountForTheSize() throws Exception {
    Winnow winnow = Winnow.run("inspect", Winnow.model("bert-external").toString(), "--json");

    assertThat(winnow.status()).as(winnow.err()).isZero();
    assertThat(new ObjectMapper().readTree(winnow.out()).path("bytes").asLong())
        .isEqualTo(
            Files.size(Winnow.model("bert-external").resolve("model.onnx"))
                + Files.size(Winnow.model("bert-external").resolve("model.onnx_data")));
  }

  @Test
  void theFingerprintIsThatOfAnswers() throws Exception {
    JsonNode bundle = new ObjectMapper().readTree(Winnow.run("inspect", MODEL, "--json").out());
    JsonNode answer =
        new ObjectMapper().readTree(Winnow.run("try", MODEL, "--json", "A text").out());

    assertThat(bundle.path("fingerprint")).isEqualTo(answer.path("fingerprint"));
  }

  @Test
  void aFolderWithoutAModelIsWrong() {
    Winnow winnow = Winnow.run("inspect", "src/test/resources", "--json");

    assertThat(winnow.status()).isEqualTo(2);
    assertThat(winnow.out()).isEmpty();
    assertThat(winnow.err()).contains("tokenizer.json", "config.json");
  }
}
