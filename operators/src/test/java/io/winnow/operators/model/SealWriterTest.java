package io.winnow.operators.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.winnow.operators.config.ConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SealWriterTest {
  private static final Machine MACHINE = new Machine("1.28.0", "amd64", List.of("avx", "avx2"));

  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void copy() throws IOException {
    Bundles.copy("bert-text", folder);
    this.file = folder.resolve("winnow.yaml");
  }

  @Test
  void sealIsWrittenForPeopleToo() throws Exception {
    ModelBundle bundle = BundleReader.readUnsealed(folder);
    SealWriter.write(bundle, 0.05, MACHINE, BatchInvariance.of(57, 0.7844, 1));

    assertThat(Files.readString(file))
        .startsWith(
            """
            seal:
              # Written by 'winnow seal'. Seal anew after a change of this file or of those below.
              fingerprint: "%s"
              tolerance: 0.05
              machine:
                onnxruntime: "1.28.0"
                architecture: "amd64"
                cpu-features: "avx avx2"
              batch-invariance:
                proven: false
                runs: 57
                largest-logit-difference: 0.785
                flipped-labels: 1
              sha256:
                "config.json": "%s"
            """
                .formatted(
                    bundle.fingerprint(), new FileDigests().of(folder.resolve("config.json"))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "# a comment\nname:   'odd'   # another\n\n\n# the last\n",
        "name: odd\r\nversion: \"1\"\r\n",
        "name: odd",
        "window:\n  tokens: 64\n  # inside\nname: odd\n   \n",
        "\ufeffname: odd\n",
        "# nothing but a comment\n",
        ""
      })
  void restOfTheFileStaysByteForByteAndTheSecondSealIsTheFirst(String rest) throws Exception {
    if (!rest.isEmpty()) {
      Files.writeString(file, rest);
    }

    seal();
    byte[] first = Files.readAllBytes(file);
    seal();

    assertThat(Files.readString(file)).startsWith(rest);
    assertThat(Files.readString(file).substring(rest.length())).matches("(?s)\\n?seal:.*");
    assertThat(Files.readAllBytes(file)).isEqualTo(first);
    assertThat(folder.toFile().list()).noneMatch(name -> name.endsWith(".new"));
  }

  @Test
  void sealIsMovedBehindKeysThatWereAddedAfterIt() throws Exception {
    seal();
    String seal = Files.readString(file);
    Files.writeString(file, "name: a\n" + seal + "version: '2' # added\n");

    seal();

    assertThat(Files.readString(file)).startsWith("name: a\nversion: '2' # added\nseal:\n");
    assertThat(BundleReader.read(folder, HeadOptions.NONE).version()).isEqualTo("2");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{name: a}\n", "name: a\n...\n", "name: a\n\"seal\": {}\n"})
  void fileThatASealDoesNotFitBehindIsLeftAsItIs(String settings) throws Exception {
    Files.writeString(file, "name: a\n");
    ModelBundle bundle = BundleReader.readUnsealed(folder);
    Files.writeString(file, settings);

    assertThatExceptionOfType(ConfigurationException.class)
        .isThrownBy(() -> SealWriter.write(bundle, 0.05, MACHINE, BatchInvariance.of(57, 0, 0)))
        .withMessageContaining(file.toString());
    assertThat(Files.readString(file)).isEqualTo(settings);
  }

  private void seal() throws Exception {
    SealWriter.write(
        BundleReader.readUnsealed(folder), 0.05, MACHINE, BatchInvariance.of(57, 1e-7, 0));
  }
}
