package io.winnow.jobs.plan;

import io.winnow.jobs.replay.PartitionRange;
import io.winnow.operators.config.ConfigurationException;
import io.winnow.operators.text.RejectedException;
import io.winnow.operators.text.TextPolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads a sample from a file with a text in each line; blank lines are no texts. */
public final class SampleFile {
  private SampleFile() {}

  /**
   * Returns lines of the whole file: all of them, or runs of neighbours from the first to the last.
   *
   * @param texts how many to look at, about
   * @param maxCharacters longest text that a model reads
   * @throws ConfigurationException if the file cannot be read
   */
  public static TextSample read(Path file, int texts, int maxCharacters)
      throws ConfigurationException {
    List<String> lines;
    try {
      lines = Files.readAllLines(file).stream().filter(line -> !line.isBlank()).toList();
    } catch (IOException e) {
      throw new ConfigurationException(
          "--texts: expected a file of UTF-8 text with a text in each line, but %s cannot be read: %s"
              .formatted(file, e.getMessage()));
    }
    List<String> read = sample(lines, texts);
    List<String> readable = read.stream().filter(line -> isReadable(line, maxCharacters)).toList();
    return new TextSample("file " + file, lines.size(), read.size(), readable);
  }

  /** Chooses as from a topic: a text often comes again soon, which single lines would not show. */
  private static List<String> sample(List<String> lines, int texts) {
    PartitionRange whole = new PartitionRange(0, 0, lines.size());
    List<String> sample = new ArrayList<>();
    for (List<PartitionRange> runs : SampleRuns.of(List.of(whole), texts)) {
      for (PartitionRange run : runs) {
        sample.addAll(lines.subList((int) run.from(), (int) run.to()));
      }
    }
    return sample;
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
