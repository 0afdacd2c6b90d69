package io.winnow.operators.flink;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.flink.util.FileUtils;

/**
 * Brings a bundle from wherever it lies to a folder of this machine: a local one is used as it is,
 * any other is copied once per process, and again where it has changed.
 */
public final class BundleFolder {
  /** Two letters at least: one is a drive. */
  private static final Pattern SCHEME = Pattern.compile("[a-zA-Z][a-zA-Z0-9+.-]+:");

  private static final Map<RemoteFolder, Copy> COPIES = new HashMap<>();

  private BundleFolder() {}

  /**
   * Returns a local folder with the bundle.
   *
   * @param model a path, or a URI that Flink's file systems read
   * @param temporary folder for copies; its owner deletes it when the process ends
   * @throws IOException if it cannot be read
   */
  public static Path local(String model, Path temporary) throws IOException {
    if (!SCHEME.matcher(model).lookingAt()) {
      return Path.of(model);
    }
    URI uri = URI.create(model);
    return uri.getScheme().equalsIgnoreCase("file")
        ? Path.of(uri.getPath())
        : copy(new RemoteFolder(new org.apache.flink.core.fs.Path(uri)), temporary);
  }

  private static synchronized Path copy(RemoteFolder model, Path temporary) throws IOException {
    Map<String, RemoteFolder.File> files = model.files();
    Copy earlier = COPIES.get(model);
    if (earlier != null && earlier.isOf(files)) {
      return earlier.folder();
    }
    Path folder = Files.createTempDirectory(temporary, "winnow-model-");
    try {
      model.copy(files, folder);
    } catch (IOException | RuntimeException e) { // a job that restarts would fill the disk
      FileUtils.deleteDirectoryQuietly(folder.toFile());
      throw e;
    }
    COPIES.put(model, new Copy(files, folder)); // an earlier one stays, as a job may still use it
    return folder;
  }

  /**
   * What a remote folder held.
   *
   * @param folder where it was copied to
   */
  private record Copy(Map<String, RemoteFolder.File> files, Path folder) {
    /** Its owner may be gone, and with it the copy. */
    boolean isOf(Map<String, RemoteFolder.File> found) {
      return files.equals(found) && Files.isDirectory(folder);
    }
  }
}
