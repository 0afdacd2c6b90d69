package io.winnow.operators.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.winnow.operators.inference.SharedModels.Lease;
import io.winnow.operators.model.BundleReader;
import io.winnow.operators.model.Bundles;
import io.winnow.operators.model.HeadOptions;
import io.winnow.operators.model.ModelBundle;
import io.winnow.operators.text.TokenizedText;
import io.winnow.operators.text.Window;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SharedModelsTest {
  @TempDir Path folder;
  private final SharedModels models = new SharedModels();

  @Test
  void modelIsSharedAndReleasedByTheLastLease() throws Exception {
    ModelBundle bundle = Bundles.read("bert-text");
    Lease first = models.acquire(bundle);
    Lease second = models.acquire(bundle);

    assertThat(second.model()).isSameAs(first.model());
    assertThat(models.size()).isEqualTo(1);

    first.close();
    assertThat(models.size()).isEqualTo(1);
    assertRuns(second);

    second.close();
    assertThat(models.size()).isZero();
    assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> assertRuns(second));
  }

  @Test
  void modelIsLoadedAnewAfterItsRelease() throws Exception {
    ModelBundle bundle = Bundles.read("bert-text");
    models.acquire(bundle).close();

    try (Lease again = models.acquire(bundle)) {
      assertRuns(again);
    }
  }

  @Test
  void equalContentIsSharedWhereverItLiesAndWhateverItsHeads() throws Exception {
    ModelBundle copy =
        BundleReader.read(
            Bundles.copy("bert-text", folder.resolve("copy")),
            new HeadOptions(List.of(), 3, null, null));

    try (Lease first = models.acquire(Bundles.read("bert-text"));
        Lease second = models.acquire(copy)) {
      assertThat(second.model()).isSameAs(first.model());
    }
  }

  @Test
  void otherContentIsAnotherModel() throws Exception {
    try (Lease first = models.acquire(Bundles.read("bert-text"));
        Lease second = models.acquire(Bundles.read("bert-token"))) {
      assertThat(second.model()).isNotSameAs(first.model());
      assertThat(models.size()).isEqualTo(2);
    }
    assertThat(models.size()).isZero();
  }

  @Test
  void leaseThatIsClosedTwiceCountsOnce() throws Exception {
    ModelBundle bundle = Bundles.read("bert-text");
    Lease first = models.acquire(bundle);
    try (Lease second = models.acquire(bundle)) {
      first.close();
      first.close();

      assertThat(models.size()).isEqualTo(1);
      assertRuns(second);
    }
  }

  @Test
  void failedLoadLeavesNothingBehindAndSucceedsOnceTheCauseIsGone() throws Exception {
    Bundles.copy("bert-text", folder);
    ModelBundle bundle = BundleReader.read(folder, HeadOptions.NONE);
    byte[] graph = Files.readAllBytes(bundle.graphFile());
    Files.writeString(bundle.graphFile(), "broken");

    assertThatExceptionOfType(InferenceException.class)
        .isThrownBy(() -> models.acquire(bundle))
        .withMessageContaining(bundle.graphFile().toString());
    assertThat(models.size()).isZero();

    Files.write(bundle.graphFile(), graph);
    try (Lease lease = models.acquire(BundleReader.read(folder, HeadOptions.NONE))) {
      assertRuns(lease);
    }
  }

  @Test
  void aModelThatWasWrittenOverSinceItWasReadIsNotLoaded() throws Exception {
    Bundles.copy("bert-text", folder);
    ModelBundle bundle = BundleReader.read(folder, HeadOptions.NONE);
    Path other = Bundles.copy("bert-token", folder.resolve("other"));
    for (Path file : List.of(bundle.graphFile(), bundle.tokenizerFile())) {
      byte[] before = Files.readAllBytes(file);
      FileTime time = Files.getLastModifiedTime(file);
      Files.write(file, Files.readAllBytes(other.resolve(file.getFileName())));

      assertThatExceptionOfType(IOException.class)
          .isThrownBy(() -> models.acquire(bundle))
          .withMessageContaining("written over while the model was loaded");
      assertThat(models.size()).isZero();

      Files.write(file, before);
      Files.setLastModifiedTime(file, time);
    }
    try (Lease lease = models.acquire(bundle)) {
      assertRuns(lease);
    }
  }

  @Test
  void tokenizerThatCannotBeReadIsNamed() throws Exception {
    Bundles.copy("bert-text", folder);
    ModelBundle bundle = BundleReader.read(folder, HeadOptions.NONE);
    Files.writeString(bundle.tokenizerFile(), "{}");

    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> models.acquire(bundle))
        .withMessageContaining(bundle.tokenizerFile().toString());
    assertThat(models.size()).isZero();
  }

  @Test
  void workOnAModelIsDoneOnceWhileItIsLoaded() throws Exception {
    ModelBundle bundle = Bundles.read("bert-text");
    List<LoadedModel> done = new ArrayList<>();
    try (Lease first = models.acquire(bundle);
        Lease second = models.acquire(bundle)) {
      first.once("check", done::add);
      second.once("check", done::add);
      assertThat(done).containsExactly(first.model());

      second.once("another check", done::add);
      assertThat(done).hasSize(2);
    }

    try (Lease again = models.acquire(bundle)) {
      again.once("check", done::add);
      assertThat(done).hasSize(3);
    }
  }

  @Test
  void workThatFailsIsNotDone() throws Exception {
    List<LoadedModel> done = new ArrayList<>();
    try (Lease lease = models.acquire(Bundles.read("bert-text"))) {
      assertThatExceptionOfType(IOException.class)
          .isThrownBy(
              () ->
                  lease.<IOException>once(
                      "check",
                      model -> {
                        throw new IOException("broken");
                      }));
      lease.once("check", done::add);

      assertThat(done).hasSize(1);
    }
  }

  @Test
  void processHasOneSetOfModels() {
    assertThat(SharedModels.ofProcess()).isSameAs(SharedModels.ofProcess());
  }

  private static void assertRuns(Lease lease) throws Exception {
    TokenizedText text = lease.model().tokenizer().tokenize("Paris");
    assertThat(
            lease
                .model()
                .session()
                .newRunner()
                .run(text, new Window(0, text.size()), Set.of("logits")))
        .containsKey("logits");
  }
}
