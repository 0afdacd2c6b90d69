package io.winnow.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.winnow.operators.config.ConfigurationException;
import io.winnow.operators.model.BundleReader;
import io.winnow.operators.model.Head;
import io.winnow.operators.model.HeadOptions;
import io.winnow.operators.model.ModelBundle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ShippedModelsTest {
  private static final Path MODELS = Launcher.ROOT.resolve("deploy/models");

  @ParameterizedTest
  @ValueSource(strings = {"support", "support-mini"})
  void itIsSealedAndMayRunInBatches(String name) throws Exception {
    ModelBundle bundle = bundle(name);

    assertThat(bundle.seal()).isPresent();
    assertThat(bundle.isBatchInvariant()).isTrue();
  }

  /** Though it quantizes with the operator of static graphs, by scales that it computes. */
  @ParameterizedTest
  @ValueSource(strings = {"support", "support-mini"})
  void itIsQuantizedAsItsCardSays(String name) throws Exception {
    assertThat(bundle(name).graph().quantization()).isEqualTo("dynamic int8");
  }

  @ParameterizedTest
  @CsvSource({"support, 25_000_000", "support-mini, 15_000_000"})
  void itsFolderIsSmall(String name, String most) throws Exception {
    assertThat(bytes(MODELS.resolve(name)))
        .isLessThanOrEqualTo(Long.parseLong(most.replace("_", "")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"support", "support-mini"})
  void itsCardIsThatOfItsVersion(String name) throws Exception {
    assertThat(MODELS.resolve(name).resolve("README.md"))
        .content()
        .startsWith("# " + name + " " + bundle(name).version() + "\n");
  }

  /** So a pipeline takes the one or the other with its path alone. */
  @Test
  void bothHaveTheSameHeads() throws Exception {
    ModelBundle support = bundle("support");
    ModelBundle mini = bundle("support-mini");

    assertThat(support.heads())
        .extracting(Head::name)
        .containsExactly("intent", "emotion", "entities");
    assertThat(mini.heads())
        .usingRecursiveFieldByFieldElementComparatorIgnoringFields("thresholds")
        .isEqualTo(support.heads());
    assertThat(mini.window()).isEqualTo(support.window());
  }

  /** The README shows what an event looks like, with the fingerprint of the model. */
  @Test
  void theReadmeShowsTheAnswersOfTheFirst() throws Exception {
    ModelBundle support = bundle("support");
    String shown = Files.readString(Launcher.ROOT.resolve("jobs/README.md"));

    assertThat(shown)
        .contains("\"model\":\"support\",\"modelVersion\":\"" + support.version() + "\"")
        .contains("\"fingerprint\":\"" + support.fingerprint() + "\"");
    assertThat(shown.replace(support.fingerprint(), ""))
        .doesNotContainPattern("\"fingerprint\":\"[0-9a-f]{32}\"");
  }

  private static ModelBundle bundle(String name) throws ConfigurationException {
    return BundleReader.read(MODELS.resolve(name), HeadOptions.NONE);
  }

  private static long bytes(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.mapToLong(file -> file.toFile().length()).sum();
    }
  }
}
