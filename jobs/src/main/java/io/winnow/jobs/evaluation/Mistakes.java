package io.winnow.jobs.evaluation;

import java.util.Comparator;
import java.util.List;
import java.util.Set;

/** Chooses the wrong answers that tell the most: those that the model was surest of. */
public final class Mistakes {
  private Mistakes() {}

  /** Returns at most that many wrong answers, the gravest first. */
  public static List<Judgement> gravest(List<Judgement> judgements, int most) {
    return judgements.stream()
        .filter(judgement -> !judgement.isRight())
        .sorted(Comparator.comparingDouble(Mistakes::gravity).reversed()) // stable
        .limit(most)
        .toList();
  }

  /** How far an answer is from what was expected: a sum over its wrong and missing findings. */
  private static double gravity(Judgement judgement) {
    Set<Finding> expected = judgement.expected();
    if (judgement.answer() instanceof Answer.Labels answer) {
      double sum = 0;
      for (Finding found : answer.findings()) {
        sum += expected.contains(found) ? 0 : score(answer, found);
      }
      for (Finding missing : expected) {
        sum += answer.findings().contains(missing) ? 0 : 1 - score(answer, missing);
      }
      return sum;
    }
    Counts counts = Counts.between(expected, judgement.answer().findings());
    return counts.falseAlarms() + counts.misses();
  }

  private static double score(Answer.Labels answer, Finding finding) {
    return answer.scores().score(finding.label()).orElse(0);
  }
}
