package io.winnow.operators.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.winnow.operators.config.ConfigurationException;
import io.winnow.operators.inference.InferenceSession;
import io.winnow.operators.inference.LoadedModel;
import io.winnow.operators.model.BundleReader;
import io.winnow.operators.model.Bundles;
import io.winnow.operators.model.HeadOptions;
import io.winnow.operators.model.ModelBundle;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GoldenCheckTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "bert-text",
        "bert-quantized",
        "bert-token",
        "bert-multilabel",
        "bert-regression",
        "bert-external"
      })
  void bundleAnswersAsItWasSealed(String name) throws Exception {
    SealedBundles.copy(name, folder);

    assertThat(mismatch(HeadOptions.NONE)).isEmpty();
  }

  @Test
  void bundleWithoutASealHasNothingToAnswer() throws Exception {
    Bundles.copy("bert-text", folder);

    assertThat(mismatch(HeadOptions.NONE)).isEmpty();
  }

  @Test
  void scoreBeyondTheToleranceIsTold() throws Exception {
    SealedBundles.copy("bert-quantized", folder);
    SealedBundles.editGolden(folder, golden -> withFirstScore(golden, "0.99"));

    assertThat(mismatch(HeadOptions.NONE).orElseThrow())
        .startsWith(
            folder
                + " answers 1 of 4 golden records otherwise than when it was sealed: head default"
                + " of \"Angela Merkel met Tim Cook of Apple in Berlin.\": expected sports 0.99,"
                + " found sports 0.7")
        .contains(
            "(tolerance 0.05)",
            "sealed with ONNX Runtime " + InferenceSession.machine().onnxRuntime(),
            "(avx2); this is " + InferenceSession.machine())
        .doesNotContain("\n");
  }

  @Test
  void scoreWithinTheToleranceIsNot() throws Exception {
    SealedBundles.copy("bert-quantized", folder);
    SealedBundles.editGolden(folder, golden -> withFirstScore(golden, "0.75"));

    assertThat(mismatch(HeadOptions.NONE)).isEmpty();
  }

  @Test
  void otherSpanIsTold() throws Exception {
    SealedBundles.copy("bert-token", folder);
    SealedBundles.editGolden(folder, golden -> golden.replaceFirst("\"end\":(\\d)", "\"end\":9$1"));

    assertThat(mismatch(HeadOptions.NONE).orElseThrow())
        .contains("answers 1 of 4 golden records otherwise", "expected ", " at ", "found ");
  }

  @Test
  void optionsOfThePipelineDoNotMatter() throws Exception {
    Bundles.copy("bert-multilabel", folder);
    Bundles.settings(
        folder,
        """
        heads:
          - {name: a, task: text-classification, problem-type: multi-label-classification}
          - {name: b, task: text-classification, problem-type: single-label-classification}
        """);
    SealedBundles.seal(folder);
    HeadOptions options = new HeadOptions(List.of("b"), 1, 0.99, null);

    assertThat(mismatch(options)).isEmpty();

    SealedBundles.editGolden(folder, golden -> withFirstScore(golden, "0.123"));
    assertThat(mismatch(options).orElseThrow()).contains("head a of ");
  }

  @Test
  void recordsThatCannotBeReadAreRefused() throws Exception {
    SealedBundles.copy("bert-text", folder);
    SealedBundles.editGolden(folder, golden -> golden + "{}\n");

    assertThatExceptionOfType(ConfigurationException.class)
        .isThrownBy(() -> mismatch(HeadOptions.NONE))
        .withMessageContaining("golden.jsonl:5: expected a text with its answers");
  }

  @Test
  void policyFailsOrWarns() throws Exception {
    List<String> warnings = new ArrayList<>();

    GoldenPolicy.WARN.apply("differs", warnings::add);
    assertThat(warnings).containsExactly("differs");
    assertThatExceptionOfType(ConfigurationException.class)
        .isThrownBy(() -> GoldenPolicy.FAIL.apply("differs", warnings::add))
        .withMessage("differs");
    assertThat(warnings).hasSize(1);
  }

  @Test
  void longTextIsShownByItsStart() {
    assertThat(GoldenCheck.shown("a\n b\t")).isEqualTo("\"a b \"");
    assertThat(GoldenCheck.shown("🎉".repeat(61))).isEqualTo('"' + "🎉".repeat(60) + "...\"");
  }

  private Optional<String> mismatch(HeadOptions options) throws Exception {
    ModelBundle bundle = BundleReader.read(folder, options);
    try (LoadedModel model = LoadedModel.open(bundle)) {
      return GoldenCheck.mismatch(bundle, model);
    }
  }

  private static String withFirstScore(String golden, String score) {
    return golden.replaceFirst("\"score\":[0-9.E-]+", "\"score\":" + score);
  }
}
