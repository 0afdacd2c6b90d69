package io.winnow.operators.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.winnow.operators.model.Bundles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InferenceSessionTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 100, 10_000})
  void brokenGraphIsRefusedByItsName(int length) throws Exception {
    byte[] whole = Files.readAllBytes(Bundles.folder("bert-text").resolve("model.onnx"));
    Path file = Files.write(folder.resolve("model.onnx"), Arrays.copyOf(whole, length));

    assertThatExceptionOfType(InferenceException.class)
        .isThrownBy(() -> InferenceSession.open(file))
        .satisfies(
            e ->
                assertThat(e.getMessage())
                    .matches("(?s)ONNX Runtime \\d+\\.\\d+\\.\\d+ refuses .*")
                    .contains(" refuses " + file + ": "));
  }

  @Test
  void missingGraphIsRefusedByItsName() {
    Path file = folder.resolve("model.onnx");

    assertThatExceptionOfType(InferenceException.class)
        .isThrownBy(() -> InferenceSession.open(file))
        .withMessageContaining(file.toString());
  }

  @Test
  void missingExternalWeightsAreRefused() throws Exception {
    Bundles.copy("bert-external", folder);
    Files.delete(folder.resolve("model.onnx_data"));

    assertThatExceptionOfType(InferenceException.class)
        .isThrownBy(() -> InferenceSession.open(folder.resolve("model.onnx")))
        .withMessageContaining("model.onnx_data");
  }
}
