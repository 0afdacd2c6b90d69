package io.winnow.jobs.evaluation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which labels stand where which are expected.
 *
 * <p>A label that is missing is paired with each wrong one in the same place: the same ends, or the
 * whole text. Where there is none, it is paired with {@link Confusion#NOTHING}.
 */
public final class Confusions {
  private static final Comparator<Confusion> MOST_FIRST =
      Comparator.comparingLong(Confusion::count)
          .reversed()
          .thenComparing(Confusion::expected)
          .thenComparing(Confusion::found);

  private final Map<Pair, Long> counts = new LinkedHashMap<>();

  void add(Set<Finding> expected, Set<Finding> found) {
    for (Finding finding : expected) {
      if (found.contains(finding)) {
        add(finding.label(), finding.label());
      } else {
        addMissing(finding, expected, found);
      }
    }
    for (Finding finding : found) {
      if (!expected.contains(finding) && !hasMissing(finding, expected, found)) {
        add(Confusion.NOTHING, finding.label());
      }
    }
  }

  private void addMissing(Finding missing, Set<Finding> expected, Set<Finding> found) {
    boolean alone = true;
    for (Finding other : found) {
      if (other.isAtPlaceOf(missing) && !expected.contains(other)) {
        add(missing.label(), other.label());
        alone = false;
      }
    }
    if (alone) {
      add(missing.label(), Confusion.NOTHING);
    }
  }

  private static boolean hasMissing(Finding wrong, Set<Finding> expected, Set<Finding> found) {
    return expected.stream().anyMatch(e -> e.isAtPlaceOf(wrong) && !found.contains(e));
  }

  private void add(String expected, String found) {
    counts.merge(new Pair(expected, found), 1L, Long::sum);
  }

  /** Returns how often a label was found where another one, or itself, was expected. */
  public long count(String expected, String found) {
    return counts.getOrDefault(new Pair(expected, found), 0L);
  }

  /** Returns pairs of different labels, the most frequent first. */
  public List<Confusion> mistakes() {
    List<Confusion> mistakes = new ArrayList<>();
    counts.forEach(
        (pair, count) -> mistakes.add(new Confusion(pair.expected(), pair.found(), count)));
    mistakes.removeIf(Confusion::isHit);
    mistakes.sort(MOST_FIRST);
    return mistakes;
  }

  private record Pair(String expected, String found) {}
}
