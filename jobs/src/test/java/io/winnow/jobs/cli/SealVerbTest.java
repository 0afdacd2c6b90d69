package io.winnow.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SealVerbTest {
  @TempDir Path folder;
  private Path model;

  @BeforeEach
  void copy() throws IOException {
    this.model = Winnow.copy("bert-quantized", folder);
  }

  @Test
  void whatWasFoundIsShown() throws Exception {
    Winnow winnow = Winnow.seal(model);

    assertThat(winnow.status()).as(winnow.err()).isZero();
    assertThat(winnow.err()).isEmpty();
    assertThat(winnow.lines().get(0)).isEqualTo("bert-quantized");
    assertThat(winnow.out())
        .containsPattern("  sealed        ONNX Runtime 1\\.\\d+\\.\\d+ on \\w+")
        .contains(
            "  files         5 verified: config.json, golden.jsonl, onnx/model_quantized.onnx")
        .containsPattern(
            "  golden        3 records, tolerance 0.05; a start answers them in \\d+ ms")
        .containsPattern(
            "  invariance    not proven: largest difference of logits 0\\.\\d+, flipped labels \\d+,"
                + " runs \\d+; each text runs alone");
  }

  @Test
  void whatWasFoundIsOneJsonObject() throws Exception {
    Winnow.seal(model);
    Winnow winnow = Winnow.run("seal", model.toString(), "--json", "--tolerance", "0.5");

    assertThat(winnow.status()).as(winnow.err()).isZero();
    assertThat(winnow.lines()).hasSize(1);
    JsonNode seal = new ObjectMapper().readTree(winnow.out());
    assertThat(seal.fieldNames())
        .toIterable()
        .containsExactlyInAnyOrderElementsOf(
            Documented.under("Looking at a model").column("field of `seal`"));
    assertThat(seal.path("seal").fieldNames())
        .toIterable()
        .containsExactly("tolerance", "onnxruntime", "architecture", "cpuFeatures", "sha256");
    assertThat(seal.path("goldenRecords").asInt()).isEqualTo(3);
    assertThat(seal.path("seal").path("tolerance").asDouble()).isEqualTo(0.5);
  }

  @Test
  void modelThatWasChangedBehindItsSealIsSealedAnew() throws Exception {
    Winnow.seal(model);
    Files.writeString(model.resolve("tokenizer_config.json"), "{\"model_max_length\": 100}");
    Winnow refused = Winnow.run("inspect", model.toString());
    assertThat(refused.status()).isEqualTo(2);
    assertThat(refused.err()).contains("tokenizer_config.json with SHA-256", "'winnow seal'");

    Winnow winnow = Winnow.run("seal", model.toString());

    assertThat(winnow.status()).as(winnow.err()).isZero();
    assertThat(Winnow.run("inspect", model.toString()).status()).isZero();
  }

  @Test
  void modelWithoutTextsIsToldWhatToDo() {
    Winnow winnow = Winnow.run("seal", model.toString());

    assertThat(winnow.status()).isEqualTo(2);
    assertThat(winnow.errors())
        .containsExactly(
            "error: Expected golden texts in %s, found no such file; give them with --texts FILE, one a line"
                .formatted(model.resolve("golden.jsonl")));
  }

  @Test
  void textsThatAreNotThereAreNamed() {
    Winnow winnow = Winnow.run("seal", model.toString(), "--texts", "no/such.txt");

    assertThat(winnow.status()).isEqualTo(2);
    assertThat(winnow.err()).contains("Expected texts in UTF-8 in no/such.txt, but ");
    assertThat(model.resolve("winnow.yaml")).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(strings = {"-0.1", "1.1", "NaN"})
  void toleranceIsFromZeroToOne(String tolerance) {
    Winnow winnow = Winnow.run("seal", model.toString(), "--tolerance=" + tolerance);

    assertThat(winnow.status()).isEqualTo(2);
    assertThat(winnow.err()).contains("Expected a number from 0 to 1 with --tolerance, found ");
  }
}
