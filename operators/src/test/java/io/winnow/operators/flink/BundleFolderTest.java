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
import java.util.List;
import java.util.Map;
import org.apache.flink.util.FileUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BundleFolderTest {
  private static final long MAX_BYTES = 10_000_000;

  @TempDir Path temporary;
  @TempDir Path remote;

  @Test
  void localPathIsUsedAsItIs() throws Exception {
    assertThat(BundleFolder.local("deploy/models/support", temporary, MAX_BYTES))
        .isEqualTo(Path.of("deploy/models/support"));
    assertThat(BundleFolder.local("/models/support", temporary, MAX_BYTES))
        .isEqualTo(Path.of("/models/support"));
    assertThat(temporary).isEmptyDirectory();
  }

  @Test
  void localUriIsUsedAsItIs() throws Exception {
    assertThat(BundleFolder.local("file:///models/support", temporary, MAX_BYTES))
        .isEqualTo(Path.of("/models/support"));
    assertThat(BundleFolder.local("file:/models/support", temporary, MAX_BYTES))
        .isEqualTo(Path.of("/models/support"));
    assertThat(temporary).isEmptyDirectory();
  }

  @Test
  void bundleOfAnotherFileSystemIsCopiedWhole() throws Exception {
    Bundles.copy("bert-quantized", remote);

    Path copy = BundleFolder.local(uri(), temporary, MAX_BYTES);

    assertThat(copy).startsWith(temporary);
    assertThat(BundleReader.read(copy, HeadOptions.NONE).fingerprint())
        .isEqualTo(Bundles.read("bert-quantized").fingerprint());
  }

  @Test
  void bundleIsCopiedOnce() throws Exception {
    Bundles.copy("bert-text", remote);

    Path first = BundleFolder.local(uri(), temporary, MAX_BYTES);
    Path second = BundleFolder.local(uri(), temporary, MAX_BYTES);

    assertThat(second).isEqualTo(first);
    assertThat(temporary.toFile().list()).hasSize(1);
  }

  @Test
  void copyThatWasDeletedIsMadeAnew() throws Exception {
    Bundles.copy("bert-text", remote);
    Path first = BundleFolder.local(uri(), temporary, MAX_BYTES);
    FileUtils.deleteDirectory(first.toFile());

    Path second = BundleFolder.local(uri(), temporary, MAX_BYTES);

    assertThat(second).isNotEqualTo(first).isDirectoryContaining("glob:**model.onnx");
  }

  @ParameterizedTest
  @ValueSource(strings = {"config.json", "winnow.yaml", "onnx/model.onnx"})
  void bundleThatChangedIsCopiedAnewBesideTheFormerCopy(String file) throws Exception {
    Bundles.copy("bert-text", remote);
    Path former = BundleFolder.local(uri(), temporary, MAX_BYTES);
    Path changed = remote.resolve(file);
    Files.createDirectories(changed.resolveSibling(""));
    Files.writeString(changed, "{}");

    Path copy = BundleFolder.local(uri(), temporary, MAX_BYTES);

    assertThat(copy.resolve(file)).hasContent("{}");
    assertThat(BundleReader.read(former, HeadOptions.NONE).fingerprint())
        .isEqualTo(Bundles.read("bert-text").fingerprint());
    assertThat(BundleFolder.local(uri(), temporary, MAX_BYTES)).isEqualTo(copy);
  }

  @Test
  void fileOfTheSameSizeThatIsNewerHasChanged() throws Exception {
    Bundles.copy("bert-text", remote);
    Path former = BundleFolder.local(uri(), temporary, MAX_BYTES);
    Files.setLastModifiedTime(remote.resolve("tokenizer.json"), FileTime.fromMillis(1_000));

    assertThat(BundleFolder.local(uri(), temporary, MAX_BYTES)).isNotEqualTo(former);
  }

  @Test
  void fileThatIsGoneIsGoneFromTheNextCopy() throws Exception {
    Bundles.copy("bert-text", remote);
    BundleFolder.local(uri(), temporary, MAX_BYTES);
    Files.delete(remote.resolve("tokenizer_config.json"));

    assertThat(BundleFolder.local(uri(), temporary, MAX_BYTES).resolve("tokenizer_config.json"))
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
  void copyKeepsTheNameOfTheFolder() throws Exception {
    Bundles.copy("bert-text", remote);

    for (Path copy :
        List.of(
            BundleFolder.local(uri(), temporary, MAX_BYTES),
            BundleFolder.own(remote.toString(), temporary, MAX_BYTES))) {
      assertThat(copy.startsWith(temporary)).isTrue();
      assertThat(BundleReader.read(copy, HeadOptions.NONE).name())
          .isEqualTo(remote.getFileName().toString());
    }
  }

  @Test
  void nameThatLeadsOutOfTheFolderIsRefused() throws Exception {
    Path file = Files.writeString(remote.resolve("winnow.yaml"), "name: a");
    RemoteFolder folder = new RemoteFolder(new org.apache.flink.core.fs.Path(uri()));
    var found = folder.files().get("winnow.yaml");
    Path inner = Files.createDirectory(temporary.resolve("inner"));

    for (String name : List.of("../winnow.yaml", "a/../../winnow.yaml", file.toString(), "a/..")) {
      assertThatExceptionOfType(IOException.class)
          .isThrownBy(() -> folder.copy(Map.of(name, found), inner))
          .withMessage(
              "The model at %s holds %s, which leads out of its folder; delete it"
                  .formatted(uri(), name));
    }
    assertThat(temporary).isDirectoryNotContaining(path -> !path.equals(inner));
    assertThat(inner).isEmptyDirectory();
  }

  @Test
  void modelOverTheLimitIsRefusedBeforeItIsCopied() throws Exception {
    Files.writeString(remote.resolve("model.onnx"), "12345678");
    Files.createDirectory(remote.resolve("onnx"));
    Files.writeString(remote.resolve("onnx/model.onnx_data"), "12");

    for (String model : List.of(uri(), remote.toString(), remote.toUri().toString())) {
      assertThat(BundleFolder.local(model, temporary, 10)).isDirectory();
      assertThatExceptionOfType(IOException.class)
          .isThrownBy(() -> BundleFolder.local(model, temporary, 9))
          .withMessageMatching(
              "Expected a model of at most 9 bytes at .*, but its files have 10; raise"
                  + " 'max-model-bytes', or delete what the model does not need");
    }
    assertThat(temporary.toFile().list()).as("one copy of the allowed one").hasSize(1);
  }

  @Test
  void weightsBehindALinkCountAsTheyAre() throws Exception {
    Path blob = Files.writeString(temporary.resolve("blob"), "1234567890");
    Files.createSymbolicLink(remote.resolve("model.onnx"), blob);

    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> BundleFolder.local(remote.toString(), temporary, 9))
        .withMessageContaining("but its files have 10");
  }

  @Test
  void filesOfALinkedFolderCount() throws Exception {
    Files.writeString(
        Files.createDirectories(remote.resolve("onnx")).resolve("model.onnx"), "1234");
    Path link = Files.createSymbolicLink(temporary.resolve("current"), remote);

    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> BundleFolder.local(link.toString(), temporary, 3))
        .withMessageContaining("at most 3 bytes");
  }

  @Test
  void missingFolderOfAnotherFileSystemIsNamedAndLeavesNothingBehind() throws Exception {
    Files.delete(remote);

    assertThatExceptionOfType(FileNotFoundException.class)
        .isThrownBy(() -> BundleFolder.local(uri(), temporary, MAX_BYTES))
        .withMessage(
            "Expected a model folder at %s, found nothing; correct the pipeline's model"
                .formatted(uri()));
    assertThat(temporary).isEmptyDirectory();
  }

  private String uri() {
    return RemoteFiles.SCHEME + "://bucket" + remote.toAbsolutePath();
  }
}
