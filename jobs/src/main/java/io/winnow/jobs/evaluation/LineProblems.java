package io.winnow.jobs.evaluation;

import io.winnow.operators.config.ConfigurationException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What is wrong with a file: each problem once, with its first line; the first ones are told. */
final class LineProblems {
  private static final int MOST_TOLD = 20;
  private static final int WHOLE_FILE = 0;

  private final String file;
  private final Map<String, Place> places = new LinkedHashMap<>();

  LineProblems(String file) {
    this.file = file;
  }

  void add(int line, String problem) {
    places.merge(problem, new Place(line, 0), (first, again) -> first.seenAgain());
  }

  /** Adds a problem that no single line has. */
  void add(String problem) {
    add(WHOLE_FILE, problem);
  }

  boolean isEmpty() {
    return places.isEmpty();
  }

  void throwIfAny() throws ConfigurationException {
    if (places.isEmpty()) {
      return;
    }

    List<String> told = new ArrayList<>();
    places.entrySet().stream()
        .sorted(Comparator.comparingInt(entry -> entry.getValue().line())) // stable
        .limit(MOST_TOLD)
        .forEach(entry -> told.add(file + entry.getValue().told(entry.getKey())));
    if (places.size() > MOST_TOLD) {
      told.add(
          String.format(Locale.ROOT, "%s: %,d more problems", file, places.size() - MOST_TOLD));
    }
    throw new ConfigurationException(told);
  }

  /**
   * Where a problem is.
   *
   * @param more further lines that have it, too
   */
  private record Place(int line, int more) {
    Place seenAgain() {
      return new Place(line, more + 1);
    }

    String told(String problem) {
      String where = line == WHOLE_FILE ? ": " : ":%d: ".formatted(line);
      String again =
          switch (more) {
            case 0 -> "";
            case 1 -> " (and 1 more line)";
            default -> String.format(Locale.ROOT, " (and %,d more lines)", more);
          };
      return where + problem + again;
    }
  }
}
