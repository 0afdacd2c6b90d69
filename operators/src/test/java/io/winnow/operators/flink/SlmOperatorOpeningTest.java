package io.winnow.operators.flink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.winnow.operators.config.ConfigurationException;
import io.winnow.operators.config.Kind;
import io.winnow.operators.config.Secrets;
import io.winnow.operators.config.Substitution;
import io.winnow.operators.config.YamlFile;
import io.winnow.operators.inference.InferenceException;
import io.winnow.operators.model.Bundles;
import io.winnow.operators.model.HeadOptions;
import io.winnow.operators.seal.GoldenPolicy;
import io.winnow.operators.seal.SealedBundles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.flink.util.ExceptionUtils;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What an operator accepts when it opens, and how it refuses the rest. */
@SuppressWarnings("try") // closing a harness throws what the operator throws
class SlmOperatorOpeningTest {
  @TempDir Path folder;
  @RegisterExtension final OperatorExtension operators = new OperatorExtension();

  @Test
  void brokenBundleFailsTheStartWithAllItsProblems() throws Exception {
    Bundles.copy("bert-text", folder);
    Files.delete(folder.resolve("tokenizer.json"));
    Files.delete(folder.resolve("model.onnx"));
    try (OperatorHarness harness = operators.unopened(TestOptions.of(folder))) {
      assertThatExceptionOfType(ConfigurationException.class)
          .isThrownBy(harness::open)
          .satisfies(e -> assertThat(e.problems()).hasSize(2));
    }
  }

  @Test
  void modelThatDoesNotFitItsLabelsFailsTheStartAndIsReleased() throws Exception {
    Bundles.ofTooManyLabels(folder);
    try (OperatorHarness harness = operators.unopened(TestOptions.of(folder))) {
      assertThatExceptionOfType(InferenceException.class).isThrownBy(harness::open);
    }
  }

  @Test
  void sealedBundleOpensWithOtherOptionsThanItsOwn() throws Exception {
    SealedBundles.copy("bert-quantized", folder);
    HeadOptions options = new HeadOptions(List.of(), 5, 0.01, null);
    try (OperatorHarness harness = operators.opened(TestOptions.of(folder).heads(options))) {
      harness.processElement(Events.of(1, "Paris"), 1);

      assertThat(harness.offsets()).containsExactly(1L);
    }
  }

  @Test
  void goldenRecordThatIsAnsweredOtherwiseFailsTheStart() throws Exception {
    mismatched();
    try (OperatorHarness harness = operators.unopened(TestOptions.of(folder))) {
      assertThatExceptionOfType(ConfigurationException.class)
          .isThrownBy(harness::open)
          .withMessageContaining("answers 1 of 4 golden records otherwise than when it was sealed")
          .withMessageContaining("expected sports 0.99, found sports 0.7");
    }
  }

  @Test
  void goldenRecordThatIsAnsweredOtherwiseIsLoggedOnceWhereThePipelineAllowsIt() throws Exception {
    mismatched();
    TestOptions options = TestOptions.of(folder).goldenRecords(GoldenPolicy.WARN);
    try (LogProbe log = LogProbe.of(SlmOperator.class);
        OperatorHarness first = operators.opened(options);
        OperatorHarness second = operators.opened(options)) {
      first.processElement(Events.of(1, "Paris"), 1);
      second.processElement(Events.of(2, "Paris"), 2);

      assertThat(first.offsets()).containsExactly(1L);
      assertThat(second.offsets()).containsExactly(2L);
      assertThat(log.lines())
          .singleElement()
          .asString()
          .startsWith("WARN Enrichment support: " + folder + " answers 1 of 4 golden records");
    }
  }

  @Test
  void bundleThatWasChangedBehindItsSealFailsTheStart() throws Exception {
    SealedBundles.copy("bert-quantized", folder);
    Files.delete(folder.resolve("golden.jsonl"));
    try (OperatorHarness harness = operators.unopened(TestOptions.of(folder))) {
      assertThatExceptionOfType(ConfigurationException.class)
          .isThrownBy(harness::open)
          .withMessageContaining("golden.jsonl with SHA-256");
    }
  }

  @Test
  void anotherModelThanTheJobStartedWithFailsTheStartUntilTheFormerIsBack() throws Exception {
    Bundles.copy("bert-text", folder);
    String fingerprint = Bundles.read("bert-text").fingerprint();
    TestOptions options = expecting(fingerprint);
    try (OperatorHarness harness = operators.opened(options)) {
      Bundles.settings(folder, "window: {tokens: 16}");
      harness.processElement(Events.of(1, "Paris"), 1);
      assertThat(harness.first().getEnrichments().get(0).getFingerprint()).isEqualTo(fingerprint);
    }

    try (OperatorHarness harness = operators.unopened(options)) {
      assertThatExceptionOfType(ConfigurationException.class)
          .isThrownBy(harness::open)
          .withMessageMatching(
              "Expected the model at %s as it was when the job was started \\(fingerprint %s\\), found another one \\([0-9a-f]{32}\\); put the former one back and the job goes on, or cancel the job and start it anew with this one"
                  .formatted(folder, fingerprint));
    }

    Files.delete(folder.resolve("winnow.yaml"));
    try (OperatorHarness harness = operators.opened(options)) {
      harness.processElement(Events.of(1, "Paris"), 1);
      assertThat(harness.offsets()).containsExactly(1L);
    }
  }

  /** ONNX Runtime maps such weights: they would change in memory, or end the process. */
  @Test
  void externalWeightsThatAreWrittenOverChangeNothingThatRuns() throws Exception {
    Bundles.copy("bert-external", folder);
    Path weights = folder.resolve("model.onnx_data");
    try (OperatorHarness harness = operators.opened(TestOptions.of(folder))) {
      harness.processElement(Events.of(1, "Paris"), 1);
      Files.write(weights, new byte[(int) Files.size(weights)]);
      harness.processElement(Events.of(2, "Paris"), 2);
      Files.write(weights, new byte[1]);
      harness.processElement(Events.of(3, "Paris"), 3);

      assertThat(harness.extractOutputValues())
          .extracting(event -> event.event().getEnrichments())
          .hasSize(3)
          .containsOnly(harness.first().getEnrichments());
    }
  }

  @Test
  void failureShowsWhereAPlaceholdersValueComesFromInsteadOfIt() throws Exception {
    Path secret = folder.resolve("hunter2");
    ModelReference model =
        new ModelReference(secret.toString(), 1, null, secrets(secret.toString()));
    try (OperatorHarness harness =
        operators.unopened(TestOptions.of(InstantiationUtil.clone(model)))) {
      assertThatException()
          .isThrownBy(harness::open)
          .satisfies(
              e ->
                  assertThat(ExceptionUtils.stringifyException(e))
                      .contains("Expected a model folder at <from ${env:MODEL}>, found nothing")
                      .doesNotContain("hunter2"));
    }

    Files.createSymbolicLink(secret, secret); // a failure of the file system, with causes
    try (OperatorHarness harness = operators.unopened(TestOptions.of(model))) {
      assertThatException()
          .isThrownBy(harness::open)
          .satisfies(
              e ->
                  assertThat(ExceptionUtils.stringifyException(e))
                      .contains("<from ${env:MODEL}>")
                      .doesNotContain("hunter2"));
    }
  }

  /** Returns the secrets of a file whose model comes from the environment. */
  private static Secrets secrets(String model) throws ConfigurationException {
    return YamlFile.parse(
            "p.yaml", "model: ${env:MODEL}", Substitution.of(Map.of("MODEL", model), Path.of("")))
        .as(
            root -> {
              root.required("model", Kind.string());
              return root.secrets();
            });
  }

  private TestOptions expecting(String fingerprint) {
    return TestOptions.of(
        new ModelReference(
            folder.toString(), ModelReference.DEFAULT_MAX_BYTES, fingerprint, Secrets.none()));
  }

  private void mismatched() throws Exception {
    SealedBundles.copy("bert-quantized", folder);
    SealedBundles.editGolden(
        folder, golden -> golden.replaceFirst("\"score\":[0-9.E-]+", "\"score\":0.99"));
  }
}
