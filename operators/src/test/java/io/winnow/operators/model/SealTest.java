package io.winnow.operators.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.winnow.operators.config.ConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SealTest {
  private static final Machine MACHINE = new Machine("1.28.0", "amd64", List.of("avx", "avx2"));
  private static final BatchInvariance INVARIANCE = BatchInvariance.of(57, 7.456e-8, 0);
  private static final String HEAD = "heads: [{name: a, task: text-classification}] # of two\n";

  @TempDir Path folder;

  @BeforeEach
  void copy() throws IOException {
    Bundles.copy("bert-external", folder);
    Files.writeString(folder.resolve(Seal.GOLDEN_RECORDS), "{}\n");
  }

  @Test
  void whatWasSealedIsRead() throws Exception {
    seal();

    Seal seal = read().seal().orElseThrow();
    assertThat(seal.fingerprint()).isEqualTo(read().fingerprint());
    assertThat(seal.tolerance()).isEqualTo(0.02);
    assertThat(seal.machine()).isEqualTo(MACHINE);
    assertThat(seal.batchInvariance()).isEqualTo(INVARIANCE);
    assertThat(seal.files())
        .containsOnlyKeys(
            "config.json",
            "golden.jsonl",
            "model.onnx",
            "model.onnx_data",
            "tokenizer.json",
            "tokenizer_config.json")
        .containsEntry(
            "golden.jsonl", "ca3d163bab055381827226140568f3bef7eaac187cebd76878e0b63e9e442356");
    assertThat(read().isBatchInvariant()).isTrue();
  }

  @Test
  void sealChangesNeitherFingerprintNorContent() throws Exception {
    ModelBundle before = read();
    seal();

    assertThat(read().fingerprint()).isEqualTo(before.fingerprint());
    assertThat(read().contentDigest()).isEqualTo(before.contentDigest());
  }

  @Test
  void machineThatDoesNotTellItsFeaturesIsSealedToo() throws Exception {
    Machine machine = new Machine("1.28.0", "aarch64", List.of());
    SealWriter.write(read(), 0, machine, BatchInvariance.NOT_PROVEN);

    assertThat(read().seal().orElseThrow().machine()).isEqualTo(machine);
    assertThat(read().isBatchInvariant()).isFalse();
  }

  @Test
  void graphInAFolderOfItsOwnIsSealedByItsPath() throws Exception {
    Path other = folder.resolve("other");
    Bundles.copy("bert-quantized", other);
    SealWriter.write(BundleReader.readUnsealed(other), 0.1, MACHINE, INVARIANCE);

    assertThat(BundleReader.read(other, HeadOptions.NONE).seal().orElseThrow().files())
        .containsKey("onnx/model_quantized.onnx");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "model.onnx_data",
        "tokenizer.json",
        "config.json",
        "tokenizer_config.json",
        "golden.jsonl"
      })
  void fileThatWasChangedIsRefused(String name) throws Exception {
    seal();
    Files.writeString(folder.resolve(name), " ", StandardOpenOption.APPEND);

    assertThat(problems())
        .singleElement()
        .asString()
        .matches(
            "Expected .*/%s with SHA-256 [0-9a-f]{12}\\.\\.\\. as it was sealed, found [0-9a-f]{12}\\.\\.\\.; copy it again, or seal it anew with 'winnow seal'"
                .formatted(name));
  }

  @Test
  void fileThatIsMissingIsRefusedWithAllOtherProblems() throws Exception {
    seal();
    Files.delete(folder.resolve("golden.jsonl"));
    Files.delete(folder.resolve("tokenizer.json"));
    Files.write(folder.resolve("model.onnx_data"), new byte[] {1}, StandardOpenOption.APPEND);

    assertThat(problems())
        .hasSize(4)
        .anyMatch(p -> p.startsWith("Expected the tokenizer in"))
        .anyMatch(p -> p.matches("Expected .*golden.jsonl with SHA-256 .* found nothing; .*"))
        .anyMatch(p -> p.matches("Expected .*tokenizer.json with SHA-256 .* found nothing; .*"))
        .anyMatch(p -> p.matches("Expected .*model.onnx_data with SHA-256 .* found .*"));
  }

  @Test
  void graphThatCannotBeReadIsHeldAgainstItsDigestToo() throws Exception {
    seal();
    Files.writeString(folder.resolve("model.onnx"), "broken");

    assertThat(problems())
        .anyMatch(p -> p.startsWith("Expected a whole ONNX model"))
        .anyMatch(p -> p.matches("Expected .*model.onnx with SHA-256 .*"));
  }

  @Test
  void graphThatWasNotThereIsRefused() throws Exception {
    seal();
    Files.copy(folder.resolve("model.onnx"), folder.resolve("model_quantized.onnx"));

    assertThat(problems())
        .containsExactly(
            "%s decides answers, but was not there when the bundle was sealed; delete it, or seal the bundle anew with 'winnow seal'"
                .formatted(folder.resolve("model_quantized.onnx")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "heads: [{name: b, task: text-classification}]\n",
        "heads: [{name: a, task: text-classification, thresholds: {sports: 0.6}}]\n",
        HEAD + "window: {stride: 3}\n"
      })
  void headsThatWereChangedUnderTheSealAreRefused(String settings) throws Exception {
    Bundles.settings(folder, HEAD);
    seal();
    Path file = folder.resolve("winnow.yaml");
    Files.writeString(file, Files.readString(file).replace(HEAD, settings));

    assertThat(problems())
        .singleElement()
        .asString()
        .startsWith(file + ": expected heads, thresholds and windows as they were sealed")
        .endsWith("undo the change, or seal the bundle anew with 'winnow seal'");
  }

  @Test
  void nameAndVersionMayChangeUnderTheSeal() throws Exception {
    Bundles.settings(folder, "name: old\n");
    seal();
    Path file = folder.resolve("winnow.yaml");
    Files.writeString(file, Files.readString(file).replace("name: old", "name: new\nversion: '2'"));

    assertThat(read().name()).isEqualTo("new");
  }

  @Test
  void optionsOfThePipelineMayDifferFromTheSeal() throws Exception {
    seal();

    assertThat(BundleReader.read(folder, new HeadOptions(List.of(), 2, 0.5, null)).fingerprint())
        .isNotEqualTo(read().fingerprint());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "tolerance: 0.02 | tolerence: 0.02 | seal.tolerence: unknown key; did you mean 'tolerance'?",
        "tolerance: 0.02 | tolerance: 2 | expected a number from 0 to 1, found 2",
        "runs: 57 | run: 57 | seal.batch-invariance.run: unknown key; did you mean 'runs'?",
        "'onnxruntime: \"1.28.0\"' | onnxruntime: 1.28 | put it in quotes",
        "sha256: | sha-256: | seal.sha-256: unknown key; did you mean 'sha256'?",
        "'\"golden.jsonl\": \"ca' | '\"golden.jsonl\": \"' | expected a SHA-256 of 64 hexadecimal"
            + " digits",
        "golden.jsonl | ../golden.jsonl | seal.sha256 names ../golden.jsonl, which is no file of the"
            + " bundle",
      })
  void sealOfAnotherFormIsRefused(String written, String changed, String problem) throws Exception {
    seal();
    Path file = folder.resolve("winnow.yaml");
    Files.writeString(file, Files.readString(file).replace(written, changed));

    assertThat(problems()).anyMatch(p -> p.contains(problem));

    SealWriter.write(BundleReader.readUnsealed(folder), 0.02, MACHINE, INVARIANCE);
    assertThat(read().seal()).isPresent();
  }

  private void seal() throws Exception {
    SealWriter.write(read(), 0.02, MACHINE, INVARIANCE);
  }

  private ModelBundle read() throws ConfigurationException {
    return BundleReader.read(folder, HeadOptions.NONE);
  }

  private List<String> problems() {
    return assertThatExceptionOfType(ConfigurationException.class)
        .isThrownBy(this::read)
        .actual()
        .problems();
  }
}
