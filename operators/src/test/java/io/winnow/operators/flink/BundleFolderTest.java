package io.winnow.operators.flink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.winnow.operators.model.BundleReader;
import io.winnow.operators.model.Bundles;
import io.winnow.operators.model.HeadOptions;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import org.apache.flink.util.FileUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BundleFolderTest {
  @TempDir Path temporary;
  @TempDir Path remote;

  @Test
  void localPathIsUsedAsItIs() throws Exception {
    assertThat(BundleFolder.local("deploy/models/support", temporary))
        .isEqualTo(Path.of("deploy/models/support"));
    assertThat(BundleFolder.local("/models/support", temporary))
        .isEqualTo(Path.of("/models/support"));
    assertThat(temporary).isEmptyDirectory();
  }

  @Test
  void localUriIsUsedAsItIs() throws Exception {
    assertThat(BundleFolder.local("file:///models/support", temporary))
        .isEqualTo(Path.of("/models/support"));
    assertThat(BundleFolder.local("file:/models/support", temporary))
        .isEqualTo(Path.of("/models/support"));
    assertThat(temporary).isEmptyDirectory();
  }

  @Test
  void bundleOfAnotherFileSystemIsCopiedWhole() throws Exception {
    Bundles.copy("bert-quantized", remote);

    Path copy = BundleFolder.local(uri(), temporary);

    assertThat(copy).startsWith(temporary);
    assertThat(BundleReader.read(copy, HeadOptions.NONE).fingerprint())
        .isEqualTo(Bundles.read("bert-quantized").fingerprint());
  }

  @Test
  void bundleIsCopiedOnce() throws Exception {
    Bundles.copy("bert-text", remote);

    Path first = BundleFolder.local(uri(), temporary);
    Path second = BundleFolder.local(uri(), temporary);

    assertThat(second).isEqualTo(first);
    assertThat(temporary.toFile().list()).hasSize(1);
  }

  @Test
  void copyThatWasDeletedIsMadeAnew() throws Exception {
    Bundles.copy("bert-text", remote);
    Path first = BundleFolder.local(uri(), temporary);
    FileUtils.deleteDirectory(first.toFile());

    Path second = BundleFolder.local(uri(), temporary);

    assertThat(second).isNotEqualTo(first).isDirectoryContaining("glob:**model.onnx");
  }

  @ParameterizedTest
  @ValueSource(strings = {"config.json", "winnow.yaml", "onnx/model.onnx"})
  void bundleThatChangedIsCopiedAnewBesideTheFormerCopy(String file) throws Exception {
    Bundles.copy("bert-text", remote);
    Path former = BundleFolder.local(uri(), temporary);
    Path changed = remote.resolve(file);
    Files.createDirectories(changed.resolveSibling(""));
    Files.writeString(changed, "{}");

    Path copy = BundleFolder.local(uri(), temporary);

    assertThat(copy.resolve(file)).hasContent("{}");
    assertThat(BundleReader.read(former, HeadOptions.NONE).fingerprint())
        .isEqualTo(Bundles.read("bert-text").fingerprint());
    assertThat(BundleFolder.local(uri(), temporary)).isEqualTo(copy);
  }

  @Test
  void fileOfTheSameSizeThatIsNewerHasChanged() throws Exception {
    Bundles.copy("bert-text", remote);
    Path former = BundleFolder.local(uri(), temporary);
    Files.setLastModifiedTime(remote.resolve("tokenizer.json"), FileTime.fromMillis(1_000));

    assertThat(BundleFolder.local(uri(), temporary)).isNotEqualTo(former);
  }

  @Test
  void fileThatIsGoneIsGoneFromTheNextCopy() throws Exception {
    Bundles.copy("bert-text", remote);
    BundleFolder.local(uri(), temporary);
    Files.delete(remote.resolve("tokenizer_config.json"));

    assertThat(BundleFolder.local(uri(), temporary).resolve("tokenizer_config.json"))
        .doesNotExist();
  }

  @Test
  void bundleThatChangesWhileItIsCopiedIsRefused() throws Exception {
    Bundles.copy("bert-text", remote);
    RemoteFolder folder = new RemoteFolder(new org.apache.flink.core.fs.Path(uri()));
    Map<String, RemoteFolder.File> files = folder.files();
    Files.writeString(remote.resolve("winnow.yaml"), "name: other");

    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> folder.copy(files, temporary))
        .withMessage("The model at %s was changed while it was copied; try again".formatted(uri()));
  }

  @Test
  void missingFolderOfAnotherFileSystemIsNamedAndLeavesNothingBehind() throws Exception {
    Files.delete(remote);

    assertThatExceptionOfType(FileNotFoundException.class)
        .isThrownBy(() -> BundleFolder.local(uri(), temporary))
        .withMessage(
            "Expected a model folder at %s, found nothing; correct the pipeline's model"
                .formatted(uri()));
    assertThat(temporary).isEmptyDirectory();
  }

  private String uri() {
    return RemoteFiles.SCHEME + "://bucket" + remote.toAbsolutePath();
  }
}
