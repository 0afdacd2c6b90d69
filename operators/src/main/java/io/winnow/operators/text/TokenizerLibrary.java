package io.winnow.operators.text;

import ai.djl.engine.EngineException;
import ai.djl.huggingface.tokenizers.jni.LibUtils;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The tokenizer's native library: silent, and loadable by any number of class loaders.
 *
 * <p>It is loaded from a copy that is deleted at once. A JVM gives a library file to one class
 * loader only, and each start of a job may have a class loader of its own; and nobody expects a
 * file of ours in a home folder.
 */
final class TokenizerLibrary {
  /** Where the library, and that which it looks for a GPU with, are unpacked to. */
  private static final List<String> FOLDERS = List.of("ENGINE_CACHE_DIR", "jna.tmpdir");

  static {
    // It would look for a cloud's metadata service and for a GPU build to download.
    setUnlessPresent("OPT_OUT_TRACKING", "true");
    setUnlessPresent("ai.djl.offline", "true");
    setUnlessPresent("RUST_FLAVOR", "cpu");
    loadCopy();
  }

  private TokenizerLibrary() {}

  /**
   * Loads the library, unless this class loader has it.
   *
   * @throws EngineException if that fails, now or before
   */
  static void load() {
    LibUtils.checkStatus();
  }

  /** The library takes the folders from properties, which all class loaders of the JVM share. */
  private static void loadCopy() {
    synchronized (Runtime.getRuntime()) { // the same object for all of them
      List<Optional<String>> before =
          FOLDERS.stream().map(System::getProperty).map(Optional::ofNullable).toList();
      Path folder = createFolder();
      try {
        FOLDERS.forEach(property -> System.setProperty(property, folder.toString()));
        load();
      } catch (EngineException e) {
        // each later call tells it again
      } finally {
        for (int i = 0; i < FOLDERS.size(); i++) {
          restore(FOLDERS.get(i), before.get(i).orElse(null));
        }
        deleteQuietly(folder); // what is loaded needs its file no more
      }
    }
  }

  private static Path createFolder() {
    try {
      return Files.createTempDirectory("winnow-tokenizer-");
    } catch (IOException e) {
      throw new UncheckedIOException(
          "The tokenizer's native library cannot be unpacked to " + tempFolder(), e);
    }
  }

  private static @Nullable String tempFolder() {
    return System.getProperty("java.io.tmpdir");
  }

  private static void restore(String property, @Nullable String before) {
    if (before == null) {
      System.clearProperty(property);
    } else {
      System.setProperty(property, before);
    }
  }

  private static void deleteQuietly(Path folder) {
    List<Path> files;
    try (Stream<Path> walk = Files.walk(folder)) {
      files = walk.sorted(Comparator.reverseOrder()).toList();
    } catch (IOException e) {
      return;
    }
    for (Path path : files) {
      File file = path.toFile();
      if (!file.delete()) { // Windows keeps what is loaded
        file.deleteOnExit();
      }
    }
  }

  private static void setUnlessPresent(String property, String value) {
    if (System.getenv(property) == null && System.getProperty(property) == null) {
      System.setProperty(property, value);
    }
  }
}
