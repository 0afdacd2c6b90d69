package io.winnow.jobs.evaluation;

import java.util.Arrays;
import java.util.OptionalDouble;

/** How the scores of what both sides find differ from A to B, over many texts. */
final class ScoreShifts {
  private final long[] counts = new long[ScoreShift.LIMITS.size() + 1];
  private long count;
  private double sum;
  private double sumOfSizes;

  void add(Answer a, Answer b) {
    for (Finding finding : a.findings()) {
      if (b.findings().contains(finding)) {
        OptionalDouble scoreOfA = a.score(finding);
        OptionalDouble scoreOfB = b.score(finding);
        if (scoreOfA.isPresent() && scoreOfB.isPresent()) {
          add(scoreOfB.getAsDouble() - scoreOfA.getAsDouble());
        }
      }
    }
  }

  private void add(double shift) {
    double size = Math.abs(shift);
    int bin = 0;
    while (bin < ScoreShift.LIMITS.size() && size > ScoreShift.LIMITS.get(bin)) {
      bin++;
    }
    counts[bin]++;
    count++;
    sum += shift;
    sumOfSizes += size;
  }

  ScoreShift summary() {
    return new ScoreShift(
        count,
        Counts.ratio(sum, count),
        Counts.ratio(sumOfSizes, count),
        Arrays.stream(counts).boxed().toList());
  }
}
