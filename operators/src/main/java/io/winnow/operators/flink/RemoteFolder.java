package io.winnow.operators.flink;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.core.fs.FileStatus;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;
import org.jspecify.annotations.Nullable;

/** A folder on any file system that Flink reads. */
record RemoteFolder(Path path) {

  /**
   * A file as it was found: another size or time is another content.
   *
   * @param modifiedMillis in milliseconds since 1970-01-01T00:00:00Z
   */
  record File(Path path, long bytes, long modifiedMillis) {}

  /** Returns the last part of the path; empty at the root. */
  String name() {
    String whole = path.toUri().getPath().replaceFirst("/+$", "");
    return whole.substring(whole.lastIndexOf('/') + 1);
  }

  /** Returns the files in this folder and those inside it, by their relative path. */
  Map<String, File> files() throws IOException {
    Map<String, File> files = new HashMap<>();
    collect(path.getFileSystem(), path, "", files);
    return files;
  }

  private static void collect(
      FileSystem system, Path folder, String prefix, Map<String, File> files) throws IOException {
    FileStatus @Nullable [] entries = system.listStatus(folder);
    if (entries == null) { // what some file systems say instead of throwing
      throw new FileNotFoundException(
          "Expected a model folder at " + folder + ", found nothing; correct the pipeline's model");
    }
    for (FileStatus entry : entries) {
      Path path = entry.getPath();
      String name = prefix + path.getName();
      if (entry.isDir()) {
        collect(system, path, name + "/", files);
      } else {
        files.put(name, new File(path, entry.getLen(), entry.getModificationTime()));
      }
    }
  }

  /**
   * Copies files to a folder of this machine.
   *
   * @throws IOException if they cannot be read, or were changed meanwhile
   */
  void copy(Map<String, File> files, java.nio.file.Path target) throws IOException {
    for (Map.Entry<String, File> file : files.entrySet()) {
      java.nio.file.Path to = inside(target, file.getKey());
      Files.createDirectories(to.resolveSibling(""));
      try (InputStream in = path.getFileSystem().open(file.getValue().path())) {
        Files.copy(in, to);
      }
    }
    if (!files().equals(files)) { // half of one model and half of another would look whole
      throw new IOException("The model at " + path + " was changed while it was copied; try again");
    }
  }

  /** An object store takes any name, and so one that leads out of the folder. */
  private java.nio.file.Path inside(java.nio.file.Path target, String name) throws IOException {
    java.nio.file.Path file = target.resolve(name).normalize();
    if (!file.startsWith(target) || file.equals(target)) {
      throw new UnusableModelException(
          "The model at %s holds %s, which leads out of its folder; delete it"
              .formatted(path, name));
    }
    return file;
  }
}
