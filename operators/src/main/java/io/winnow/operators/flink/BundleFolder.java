package io.winnow.operators.flink;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.flink.core.fs.FileStatus;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.util.FileUtils;
import org.jspecify.annotations.Nullable;

/**
 * Brings a bundle from wherever it lies to a folder of this machine: a local one is used as it is,
 * any other is copied once per process.
 */
public final class BundleFolder {
  /** Two letters at least: one is a drive. */
  private static final Pattern SCHEME = Pattern.compile("[a-zA-Z][a-zA-Z0-9+.-]+:");

  private static final Map<URI, Path> COPIES = new HashMap<>();

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
    return uri.getScheme().equals("file")
        ? Path.of(uri.getPath())
        : copy(new org.apache.flink.core.fs.Path(uri), temporary);
  }

  private static synchronized Path copy(org.apache.flink.core.fs.Path model, Path temporary)
      throws IOException {
    Path copy = COPIES.get(model.toUri());
    if (copy == null || !Files.isDirectory(copy)) { // its owner may be gone, and with it the copy
      copy = Files.createTempDirectory(temporary, "winnow-model-");
      try {
        copy(model.getFileSystem(), model, copy);
      } catch (IOException | RuntimeException e) { // a job that restarts would fill the disk
        FileUtils.deleteDirectoryQuietly(copy.toFile());
        throw e;
      }
      COPIES.put(model.toUri(), copy);
    }
    return copy;
  }

  static void copy(FileSystem files, org.apache.flink.core.fs.Path source, Path target)
      throws IOException {
    FileStatus @Nullable [] entries = files.listStatus(source);
    if (entries == null) { // what some file systems say instead of throwing
      throw new FileNotFoundException(
          "Expected a model folder at " + source + ", found nothing; correct the pipeline's model");
    }
    Files.createDirectories(target);
    for (FileStatus entry : entries) {
      Path to = target.resolve(entry.getPath().getName());
      if (entry.isDir()) {
        copy(files, entry.getPath(), to);
      } else {
        try (InputStream in = files.open(entry.getPath())) {
          Files.copy(in, to);
        }
      }
    }
  }
}
