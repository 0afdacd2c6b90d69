package io.winnow.jobs.evaluation;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/** The largest changes of a score among many that pass; of equal ones the first. */
final class Largest {
  private static final Comparator<Numbered> SMALLEST_FIRST =
      Comparator.<Numbered>comparingDouble(numbered -> numbered.change().size())
          .thenComparing(Numbered::number, Comparator.reverseOrder());

  private final int most;
  private final PriorityQueue<Numbered> kept = new PriorityQueue<>(SMALLEST_FIRST);
  private long passed;

  Largest(int most) {
    this.most = most;
  }

  void add(ScoreChange change) {
    if (change.size() == 0) {
      return;
    }
    kept.add(new Numbered(change, passed++));
    if (kept.size() > most) {
      kept.remove();
    }
  }

  List<ScoreChange> largestFirst() {
    List<Numbered> sorted = new ArrayList<>(kept);
    sorted.sort(Collections.reverseOrder(SMALLEST_FIRST));
    return sorted.stream().map(Numbered::change).toList();
  }

  private record Numbered(ScoreChange change, long number) {}
}
