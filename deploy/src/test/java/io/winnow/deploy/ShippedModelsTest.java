package io.winnow.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.winnow.operators.model.BundleReader;
import io.winnow.operators.model.Head;
import io.winnow.operators.model.HeadOptions;
import io.winnow.operators.model.ModelBundle;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ShippedModelsTest {
  private static final Path SUPPORT = Launcher.ROOT.resolve("deploy/models/support");
  private static final int MOST_BYTES = 25_000_000;

  private final ModelBundle support;

  ShippedModelsTest() throws Exception {
    support = BundleReader.read(SUPPORT, HeadOptions.NONE);
  }

  @Test
  void itHasItsHeads() {
    assertThat(support.heads())
        .extracting(Head::name)
        .containsExactly("intent", "emotion", "entities");
  }

  @Test
  void itIsSealedAndMayRunInBatches() {
    assertThat(support.seal()).isPresent();
    assertThat(support.isBatchInvariant()).isTrue();
  }

  @Test
  void itIsSmall() throws Exception {
    assertThat(Files.size(SUPPORT.resolve("model_quantized.onnx"))).isLessThanOrEqualTo(MOST_BYTES);
  }

  @Test
  void itsCardIsThatOfItsVersion() {
    assertThat(SUPPORT.resolve("README.md"))
        .content()
        .startsWith("# support " + support.version() + "\n");
  }

  /** The README shows what an event looks like, with the fingerprint of the model. */
  @Test
  void theReadmeShowsItsAnswers() throws Exception {
    String shown = Files.readString(Launcher.ROOT.resolve("jobs/README.md"));

    assertThat(shown)
        .contains("\"model\":\"support\",\"modelVersion\":\"" + support.version() + "\"")
        .contains("\"fingerprint\":\"" + support.fingerprint() + "\"");
    assertThat(shown.replace(support.fingerprint(), ""))
        .doesNotContainPattern("\"fingerprint\":\"[0-9a-f]{32}\"");
  }
}
