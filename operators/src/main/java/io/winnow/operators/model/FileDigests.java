package io.winnow.operators.model;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** The SHA-256 of files, each of which is read once. */
final class FileDigests {
  private final Map<Path, String> digests = new HashMap<>();

  /** Returns the digest of a file in hexadecimal, as {@code sha256sum} prints it. */
  String of(Path file) throws IOException {
    Path key = file.toAbsolutePath().normalize();
    String digest = digests.get(key);
    if (digest == null) {
      digest = Digest.ofFile(file);
      digests.put(key, digest);
    }
    return digest;
  }
}
