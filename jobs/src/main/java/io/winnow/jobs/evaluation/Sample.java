package io.winnow.jobs.evaluation;

import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.SplittableRandom;

/**
 * A few of many items, drawn while they pass. Each has the same chance, and of the same items the
 * same are drawn in whatever order they come.
 */
final class Sample<T> {
  private final int most;
  private final PriorityQueue<Drawn<T>> drawn =
      new PriorityQueue<>(
          Comparator.<Drawn<T>>comparingLong(Drawn::rank)
              .thenComparing(Drawn::name)
              .reversed()); // the first to go
  private long passed;

  Sample(int most) {
    this.most = most;
  }

  /**
   * Adds an item.
   *
   * @param name what tells it from the others
   */
  void add(String name, T item) {
    drawn.add(new Drawn<>(rank(name), name, passed++, item));
    if (drawn.size() > most) {
      drawn.remove();
    }
  }

  private static long rank(String name) {
    return new SplittableRandom(name.hashCode()).nextLong(); // scatters names that are much alike
  }

  /** Returns what was drawn, in the order that it came in. */
  List<T> inOrder() {
    return drawn.stream().sorted(Comparator.comparingLong(Drawn::number)).map(Drawn::item).toList();
  }

  private record Drawn<T>(long rank, String name, long number, T item) {}
}
