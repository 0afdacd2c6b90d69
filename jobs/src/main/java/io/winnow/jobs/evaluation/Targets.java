package io.winnow.jobs.evaluation;

import io.winnow.operators.config.ConfigurationException;
import io.winnow.operators.config.Nearest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The heads that the lines of a data set can be about.
 *
 * @param asked those to be measured
 * @param others names of those that were not asked for: their lines are skipped
 */
public record Targets(List<Target> asked, List<String> others) {
  public Targets {
    asked = List.copyOf(asked);
    others = List.copyOf(others);
  }

  /**
   * Chooses targets by their names.
   *
   * @param names names of those to be measured; empty for all
   */
  public static Targets choose(List<Target> all, List<String> names) throws ConfigurationException {
    if (all.isEmpty()) {
      throw new ConfigurationException(
          "Expected a head that gives labels or spans, found plain values only, which no label can measure");
    }
    List<String> known = all.stream().map(Target::head).toList();
    List<String> problems = new ArrayList<>();
    for (String name : names) {
      if (!known.contains(name)) {
        problems.add(
            "Expected a head of %s, found %s%s".formatted(known, name, Nearest.hint(name, known)));
      }
    }
    if (!problems.isEmpty()) {
      throw new ConfigurationException(problems);
    }
    Predicate<String> isAsked = name -> names.isEmpty() || names.contains(name);
    return new Targets(
        all.stream().filter(target -> isAsked.test(target.head())).toList(),
        known.stream().filter(isAsked.negate()).toList());
  }

  Optional<Target> named(String head) {
    return asked.stream().filter(target -> target.head().equals(head)).findFirst();
  }

  /** Returns the names of all heads. */
  List<String> names() {
    List<String> names = new ArrayList<>(asked.stream().map(Target::head).toList());
    names.addAll(others);
    return names;
  }
}
