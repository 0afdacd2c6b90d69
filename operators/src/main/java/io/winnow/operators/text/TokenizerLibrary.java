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
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The tokenizer's native library: silent, and loadable by any number of class loaders.
 *
 * <p>A JVM gives a library file to one class loader only. Where the library comes with a job
 * instead of the cluster, each start of a job has a class loader of its own, which needs its own
 * copy.
 */
final class TokenizerLibrary {
  private static final String CACHE = "ENGINE_CACHE_DIR";

  static {
    // It would look for a cloud's metadata service and for a GPU build to download.
    setUnlessPresent("OPT_OUT_TRACKING", "true");
    setUnlessPresent("ai.djl.offline", "true");
    setUnlessPresent("RUST_FLAVOR", "cpu");
    if (!isShared(LibUtils.class.getClassLoader())) {
      loadCopy();
    }
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

  /** Tells whether a class loader lives as long as the process. */
  private static boolean isShared(@Nullable ClassLoader loader) {
    ClassLoader shared = ClassLoader.getSystemClassLoader();
    while (shared != null && shared != loader) {
      shared = shared.getParent();
    }
    return shared == loader;
  }

  /** The library takes the folder from a property, which all class loaders of the JVM share. */
  private static void loadCopy() {
    synchronized (Runtime.getRuntime()) { // the same object for all of them
      String before = System.getProperty(CACHE);
      Path folder = createFolder();
      try {
        System.setProperty(CACHE, folder.toString());
        load();
      } catch (EngineException e) {
        // each later call tells it again
      } finally {
        restore(before);
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

  private static void restore(@Nullable String before) {
    if (before == null) {
      System.clearProperty(CACHE);
    } else {
      System.setProperty(CACHE, before);
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
