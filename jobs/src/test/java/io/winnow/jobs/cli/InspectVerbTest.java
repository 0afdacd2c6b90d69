package io.winnow.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

class InspectVerbTest {
  private static final String MODEL = Winnow.model("bert-token").toString();

  @Test
  void aBundleIsShownForPeople() {
    Winnow winnow = Winnow.run("inspect", MODEL);

    assertThat(winnow.status()).as(winnow.err()).isZero();
    assertThat(winnow.err()).isEmpty();
    assertThat(winnow.lines().get(0)).isEqualTo("bert-token");
    assertThat(winnow.out())
        .contains("input_ids[?, ?]", "logits[?, ?, 7]", "head          default, token-class")
        .contains("7 labels: O, B-PER, I-PER, B-ORG, I-ORG, B-LOC, I-LOC");
  }

  @Test
  void aBundleIsOneJsonObject() throws Exception {
    Winnow winnow = Winnow.run("inspect", MODEL, "--json");

    assertThat(winnow.status()).as(winnow.err()).isZero();
    assertThat(winnow.lines()).hasSize(1);
    JsonNode bundle = new ObjectMapper().readTree(winnow.out());
    assertThat(bundle.fieldNames())
        .toIterable()
        .containsExactly(
            "name",
            "version",
            "model",
            "bytes",
            "quantization",
            "inputs",
            "outputs",
            "window",
            "batchInvariance",
            "fingerprint",
            "heads");
    assertThat(bundle.path("bytes").asLong())
        .isEqualTo(Files.size(Winnow.model("bert-token").resolve("model.onnx")));
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
