package io.winnow.operators.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MemoryBudgetTest {
  @TempDir Path folder;

  @Test
  void theBudgetFollowsTheFilesAndTheLongestWindow() throws Exception {
    Bundles.copy("bert-text", folder);
    Bundles.settings(folder, "window: {tokens: 100}");
    ModelBundle bundle = BundleReader.read(folder, HeadOptions.NONE);
    MemoryBudget budget = MemoryBudget.of(bundle);

    assertThat(budget.weights()).isEqualTo(Files.size(bundle.graphFile()) * 5 / 4);
    assertThat(budget.tokenizer()).isEqualTo(10 * Files.size(bundle.tokenizerFile()));
    // 2 heads, 32 within, 16 wide; twice, as the arena grows
    assertThat(budget.subtask()).isEqualTo(2 * 4 * 100 * (2 * 2 * 100 + 2 * 32 + 6 * 16));
  }

  @Test
  void eachSubtaskHasActivationsOfItsOwn() throws Exception {
    MemoryBudget budget = MemoryBudget.of(Bundles.read("bert-text"));

    assertThat(budget.bytes(0)).isEqualTo(budget.weights() + budget.tokenizer());
    assertThat(budget.bytes(3) - budget.bytes(0)).isEqualTo(3 * budget.subtask());
  }

  @Test
  void externalWeightsCount() throws Exception {
    Path model = Bundles.folder("bert-external");
    MemoryBudget budget = MemoryBudget.of(Bundles.read("bert-external"));

    assertThat(budget.weights())
        .isEqualTo(
            (Files.size(model.resolve("model.onnx")) + Files.size(model.resolve("model.onnx_data")))
                * 5
                / 4);
  }

  @Test
  void sizesGoByTheNamesOfTheFamily() throws Exception {
    assertThat(EncoderSize.read(Bundles.folder("bert-text")))
        .isEqualTo(EncoderSize.read(Bundles.folder("distilbert-text")))
        .isEqualTo(new EncoderSize(16, 2, 32));
  }

  @Test
  void aModelThatDoesNotSayItsSizeCountsAsALargeOne() throws Exception {
    Bundles.copy("bert-text", folder);
    Bundles.edit(folder.resolve("config.json"), config -> config.remove("hidden_size"));

    assertThat(EncoderSize.read(folder)).isEqualTo(new EncoderSize(1024, 2, 32));
    assertThat(EncoderSize.read(folder.resolve("nothing")))
        .isEqualTo(new EncoderSize(1024, 16, 4096));
  }
}
