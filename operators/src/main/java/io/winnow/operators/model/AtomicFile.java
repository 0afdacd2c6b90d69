package io.winnow.operators.model;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;

/** Writes a file as a whole: who reads it meanwhile finds the old one or the new one. */
public final class AtomicFile {
  private AtomicFile() {}

  /** Writes a text in UTF-8; a file that has it already stays untouched. */
  public static void write(Path file, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    if (Files.exists(file) && Arrays.equals(Files.readAllBytes(file), bytes)) {
      return;
    }
    Path written = file.resolveSibling(file.getFileName() + ".new");
    try {
      Files.write(written, bytes);
      Files.move(
          written, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new IOException("Expected to write " + file + ", but " + e, e);
    } finally {
      Files.deleteIfExists(written);
    }
  }
}
