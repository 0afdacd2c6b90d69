package io.winnow.operators.flink;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.flink.util.FileUtils;

/**
 * Brings a bundle from wherever it lies to a folder of this machine: a local one is used as it is,
 * any other is copied once per process (per class loader, to be exact, so each job on a session
 * cluster has a copy of its own), and again where it has changed.
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
   * @param maxBytes most that its files may hold together
   * @throws IOException if it cannot be read, or is too large: then nothing is copied
   */
  public static Path local(String model, Path temporary, long maxBytes) throws IOException {
    Optional<Path> here = here(model);
    return here.isPresent() ? checked(here.get(), maxBytes) : own(model, temporary, maxBytes);
  }

  /** Returns a local folder with the bundle that nobody else changes: of a local one a copy. */
  static Path own(String model, Path temporary, long maxBytes) throws IOException {
    URI uri = here(model).map(Path::toUri).orElseGet(() -> URI.create(model));
    return copy(new RemoteFolder(new org.apache.flink.core.fs.Path(uri)), temporary, maxBytes);
  }

  /** Returns the folder of a bundle on this machine; empty for any other. */
  private static Optional<Path> here(String model) {
    if (!SCHEME.matcher(model).lookingAt()) {
      return Optional.of(Path.of(model));
    }
    URI uri = URI.create(model);
    return uri.getScheme().equalsIgnoreCase("file")
        ? Optional.of(Path.of(uri.getPath()))
        : Optional.empty();
  }

  private static Path checked(Path folder, long maxBytes) throws IOException {
    try (Stream<Path> files = Files.walk(folder, FileVisitOption.FOLLOW_LINKS)) {
      long bytes = files.filter(Files::isRegularFile).mapToLong(f -> f.toFile().length()).sum();
      requireAtMost(maxBytes, folder, bytes);
    } catch (NoSuchFileException e) {
      return folder; // its reader tells so
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    return folder;
  }

  private static void requireAtMost(long maxBytes, Object model, long bytes) throws IOException {
    if (bytes > maxBytes) {
      throw new UnusableModelException(
          "Expected a model of at most %d bytes at %s, but its files have %d; raise 'max-model-bytes', or delete what the model does not need"
              .formatted(maxBytes, model, bytes));
    }
  }

  private static synchronized Path copy(RemoteFolder model, Path temporary, long maxBytes)
      throws IOException {
    Map<String, RemoteFolder.File> files = model.files();
    requireAtMost(
        maxBytes, model.path(), files.values().stream().mapToLong(RemoteFolder.File::bytes).sum());
    Copy earlier = COPIES.get(model);
    if (earlier != null && earlier.isOf(files)) {
      return earlier.folder();
    }
    Path parent = Files.createTempDirectory(Files.createDirectories(temporary), "winnow-model-");
    Path folder = parent.resolve(model.name()); // which may be the bundle's
    try {
      Files.createDirectories(folder);
      model.copy(files, folder);
    } catch (IOException | RuntimeException e) { // a job that restarts would fill the disk
      FileUtils.deleteDirectoryQuietly(parent.toFile());
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
