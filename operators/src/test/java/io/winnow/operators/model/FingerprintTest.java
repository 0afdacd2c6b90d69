package io.winnow.operators.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class FingerprintTest {
  private static final String HEAD = "heads: [{name: a, task: text-classification%s}]";

  @TempDir Path folder;

  @BeforeEach
  void copy() throws IOException {
    Bundles.copy("bert-external", folder);
  }

  @Test
  void equalFilesInAnotherFolderHaveTheSameFingerprint() throws Exception {
    ModelBundle original = Bundles.read("bert-external");
    ModelBundle copy = read();

    assertThat(copy.fingerprint()).isEqualTo(original.fingerprint());
    assertThat(copy.contentDigest()).isEqualTo(original.contentDigest());
  }

  @ParameterizedTest
  @ValueSource(strings = {"model.onnx", "model.onnx_data", "tokenizer.json"})
  void everyByteOfTheModelCounts(String file) throws Exception {
    ModelBundle before = read();
    // A field that no reader knows, and white space in JSON: nothing else notices it.
    byte[] more = file.equals("model.onnx") ? new byte[] {(byte) 0xa0, 6, 1} : new byte[] {' '};
    Files.write(folder.resolve(file), more, StandardOpenOption.APPEND);

    ModelBundle after = read();

    assertThat(after.contentDigest()).isNotEqualTo(before.contentDigest());
    assertThat(after.fingerprint()).isNotEqualTo(before.fingerprint());
  }

  @Test
  void labelsCountButAreNotContent() throws Exception {
    ModelBundle before = read();
    Bundles.labels(folder, List.of("sport", "politics", "science", "culture", "other"));

    ModelBundle after = read();

    assertThat(after.fingerprint()).isNotEqualTo(before.fingerprint());
    assertThat(after.contentDigest()).isEqualTo(before.contentDigest());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        ", top-k: 2",
        ", min-score: 0.5",
        ", thresholds: {sports: 0.5}",
        ", thresholds: {politics: 0.5}",
        ", problem-type: multi-label-classification",
        "}]\nwindow: {tokens: 64} #",
        "}]\nwindow: {stride: 1} #",
        "}]\nwindow: {limit: 1} #",
        "}]\nwindow: {overflow: cut} #",
      })
  void settingsThatChangeAnswersCount(String setting) throws Exception {
    Bundles.settings(folder, HEAD.formatted(""));
    String before = read().fingerprint();
    Bundles.settings(folder, HEAD.formatted(setting));

    assertThat(read().fingerprint()).isNotEqualTo(before);
  }

  @Test
  void nameAndVersionDoNotCount() throws Exception {
    String before = read().fingerprint();
    Bundles.settings(folder, "{name: another, version: v9}");

    assertThat(read().fingerprint()).isEqualTo(before);
  }

  @Test
  void orderOfThresholdsDoesNotCount() throws Exception {
    Bundles.settings(folder, HEAD.formatted(", thresholds: {sports: 0.5, politics: 0.6}"));
    String before = read().fingerprint();
    Bundles.settings(folder, HEAD.formatted(", thresholds: {politics: 0.6, sports: 0.5}"));

    assertThat(read().fingerprint()).isEqualTo(before);
  }

  static Stream<Arguments> options() {
    return Stream.of(
        Arguments.of("bert-text", 2, null, null),
        Arguments.of("bert-text", null, 0.25, null),
        Arguments.of("bert-token", null, null, Aggregation.NONE));
  }

  @ParameterizedTest
  @MethodSource("options")
  void optionsOfThePipelineCount(
      String bundle,
      @Nullable Integer topK,
      @Nullable Double minScore,
      @Nullable Aggregation aggregation)
      throws Exception {
    HeadOptions options = new HeadOptions(List.of(), topK, minScore, aggregation);

    assertThat(BundleReader.read(Bundles.folder(bundle), options).fingerprint())
        .isNotEqualTo(Bundles.read(bundle).fingerprint());
  }

  @Test
  void choiceOfHeadsCounts() throws Exception {
    Bundles.settings(
        folder,
        "heads: [{name: a, task: text-classification}, {name: b, task: text-classification}]");
    HeadOptions first = new HeadOptions(List.of("a"), null, null, null);
    HeadOptions second = new HeadOptions(List.of("b"), null, null, null);

    assertThat(
            List.of(
                read().fingerprint(),
                BundleReader.read(folder, first).fingerprint(),
                BundleReader.read(folder, second).fingerprint()))
        .doesNotHaveDuplicates();
  }

  private ModelBundle read() throws Exception {
    return BundleReader.read(folder, HeadOptions.NONE);
  }
}
