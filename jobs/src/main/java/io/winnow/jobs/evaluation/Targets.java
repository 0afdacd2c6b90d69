package io.winnow.jobs.evaluation;

import io.winnow.operators.config.ConfigurationException;
import io.winnow.operators.config.Nearest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The heads that the lines of a data set can be about.
 *
 * @param asked those to be measured
 * @param others those that are not: their lines are skipped
 */
public record Targets(List<Target> asked, List<Target> others) {
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
    Predicate<Target> isAsked = target -> names.isEmpty() || names.contains(target.head());
    return new Targets(
        all.stream().filter(isAsked).toList(), all.stream().filter(isAsked.negate()).toList());
  }

  /** Returns these with further heads whose lines are skipped. */
  public Targets withOthers(List<Target> more) {
    return new Targets(asked, Stream.concat(others.stream(), more.stream()).toList());
  }

  Optional<Target> named(String head) {
    return asked.stream().filter(target -> target.head().equals(head)).findFirst();
  }

  /** Tells whether one of the others has this name. */
  boolean isOther(String head) {
    return others.stream().anyMatch(target -> target.head().equals(head));
  }

  /** Tells whether one of the others gives such answers. */
  boolean isOther(AnswerKind kind) {
    return others.stream().anyMatch(target -> target.kind() == kind);
  }

  /** Returns all heads, those first that are to be measured. */
  List<Target> all() {
    return Stream.concat(asked.stream(), others.stream()).toList();
  }
}
