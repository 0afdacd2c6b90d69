package io.winnow.jobs.plan;

import io.winnow.operators.config.ConfigurationException;
import io.winnow.operators.text.RejectedException;
import io.winnow.operators.text.TextPolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Reads a sample from a file with a text in each line. */
public final class SampleFile {
  private SampleFile() {}

  /**
   * Returns the first lines.
   *
   * @param texts lines to read at the most
   * @param maxCharacters longest text that a model reads
   * @throws ConfigurationException if the file cannot be read
   */
  public static TextSample read(Path file, int texts, int maxCharacters)
      throws ConfigurationException {
    List<String> lines;
    try {
      lines = Files.readAllLines(file);
    } catch (IOException e) {
      throw new ConfigurationException(
          "--texts: expected a file of UTF-8 text with a text in each line, but %s cannot be read: %s"
              .formatted(file, e.getMessage()));
    }
    List<String> read = lines.subList(0, Math.min(texts, lines.size()));
    List<String> readable = read.stream().filter(line -> isReadable(line, maxCharacters)).toList();
    return new TextSample("file " + file, lines.size(), read.size(), readable);
  }

  private static boolean isReadable(String line, int maxCharacters) {
    try {
      TextPolicy.check(line, maxCharacters);
      return true;
    } catch (RejectedException e) {
      return false;
    }
  }
}
