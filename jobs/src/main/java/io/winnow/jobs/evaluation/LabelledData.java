package io.winnow.jobs.evaluation;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.winnow.operators.config.ConfigurationException;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A data set of JSON lines whose lines are known to fit the heads that they are about.
 *
 * @param name name of its file
 * @param heads in the order of the bundle
 * @param skipped lines about heads that are not measured
 */
public record LabelledData(String name, List<HeadExamples> heads, int skipped) {
  public LabelledData {
    heads = List.copyOf(heads);
  }

  /**
   * Reads a file.
   *
   * @throws ConfigurationException with every problem of the file and its lines, as far as their
   *     number can be read
   */
  public static LabelledData load(Path file, Unlabelled unlabelled, Targets targets)
      throws ConfigurationException {
    LineProblems problems = new LineProblems(file.toString());
    HeadAssignment assignment = new HeadAssignment(targets, problems);
    read(file, new ExampleReader(unlabelled, problems), assignment);
    List<HeadExamples> heads = assignment.finish();
    if (heads.isEmpty() && problems.isEmpty()) {
      problems.add(
          assignment.skipped() == 0
              ? "expected JSON lines such as {\"text\": ..., \"label\": ...}, found an empty file"
              : "expected lines about a head of %s, found lines about others only"
                  .formatted(targets.asked().stream().map(Target::head).toList()));
    }
    problems.throwIfAny();
    return new LabelledData(fileName(file), heads, assignment.skipped());
  }

  /** Returns the number of lines to answer, each once. */
  public int size() {
    return (int)
        heads.stream()
            .flatMap(head -> head.examples().stream())
            .mapToInt(Example::line)
            .distinct()
            .count();
  }

  private static void read(Path file, ExampleReader reader, HeadAssignment assignment)
      throws ConfigurationException {
    // Each byte as a character, so that one that is not UTF-8 is told with its line.
    try (BufferedReader lines = Files.newBufferedReader(file, ISO_8859_1)) {
      int number = 0;
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        number++;
        if (!line.isBlank()) {
          Optional<Example> example = reader.read(number, line.getBytes(ISO_8859_1));
          example.ifPresent(assignment::add);
        }
      }
    } catch (NoSuchFileException e) {
      throw new ConfigurationException(file + ": expected a data set of JSON lines, found nothing");
    } catch (IOException e) {
      throw new ConfigurationException(file + ": expected a readable data set, but " + e);
    }
  }

  private static String fileName(Path file) {
    Path name = file.getFileName();
    return name == null ? file.toString() : name.toString();
  }
}
