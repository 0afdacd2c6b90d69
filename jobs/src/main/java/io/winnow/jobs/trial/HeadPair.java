package io.winnow.jobs.trial;

import io.winnow.jobs.evaluation.Target;
import io.winnow.operators.config.ConfigurationException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A head of each of two bundles that answer the same question. */
public record HeadPair(Target a, Target b) {

  /**
   * Matches heads by their names, or the only heads where both bundles have one.
   *
   * @param asked names of the heads to compare; empty for all
   * @throws ConfigurationException if none match, or those to compare give different answers
   */
  public static List<HeadPair> match(List<Target> a, List<Target> b, List<String> asked)
      throws ConfigurationException {
    List<HeadPair> pairs = new ArrayList<>();
    if (a.size() == 1 && b.size() == 1) {
      pairs.add(new HeadPair(a.get(0), b.get(0)));
    } else {
      for (Target target : a) {
        named(b, target.head()).ifPresent(other -> pairs.add(new HeadPair(target, other)));
      }
    }
    if (pairs.isEmpty()) {
      throw new ConfigurationException(
          "Expected a head of the same name in both models, found %s in A and %s in B"
              .formatted(names(a), names(b)));
    }
    List<String> problems =
        pairs.stream()
            .filter(pair -> asked.isEmpty() || asked.contains(pair.a.head()))
            .filter(pair -> pair.a.kind() != pair.b.kind())
            .map(HeadPair::unlike)
            .toList();
    if (!problems.isEmpty()) {
      throw new ConfigurationException(problems);
    }
    return pairs;
  }

  /** Returns the heads of two bundles that are in no pair. */
  public static List<Target> unmatched(List<Target> a, List<Target> b, List<HeadPair> pairs) {
    return Stream.concat(
            a.stream().filter(target -> pairs.stream().noneMatch(pair -> pair.a.equals(target))),
            b.stream().filter(target -> pairs.stream().noneMatch(pair -> pair.b.equals(target))))
        .toList();
  }

  /** Returns the head as data sets name it, with the labels of both. */
  public Target target() {
    return a.with(b);
  }

  private String unlike() {
    return "Expected the same answers of the head %s, but it gives %s in A and %s in B"
        .formatted(a.head(), a.kind().field(), b.kind().field());
  }

  private static Optional<Target> named(List<Target> targets, String name) {
    return targets.stream().filter(target -> target.head().equals(name)).findFirst();
  }

  private static List<String> names(List<Target> targets) {
    return targets.stream().map(Target::head).toList();
  }
}
