package io.winnow.jobs.evaluation;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * How good the answers of a head are.
 *
 * @param examples texts that were answered or rejected
 * @param right texts whose answer is exactly what was expected; of several labels that is
 *     scikit-learn's subset accuracy
 * @param rejected texts that got no answer, which counts as a wrong one, by the code of the reason
 * @param spanErrors of spans only
 */
public record Scores(
    Target target,
    int examples,
    int right,
    Map<String, Integer> rejected,
    LabelCounts labels,
    Optional<Calibration> calibration,
    Optional<Rejection> rejection,
    Optional<SpanErrors> spanErrors,
    Confusions confusions) {

  public Scores {
    rejected = Collections.unmodifiableMap(new TreeMap<>(rejected));
  }

  /**
   * Scores answers.
   *
   * @param rejecting the label that stands for "none of the others", if there is one
   */
  public static Scores of(Target target, List<Judgement> judgements, Optional<String> rejecting) {
    Confusions confusions = new Confusions();
    Map<String, Integer> rejected = new TreeMap<>();
    for (Judgement judgement : judgements) {
      confusions.add(judgement.expected(), judgement.answer().findings());
      if (judgement.answer() instanceof Answer.Rejected rejection) {
        rejected.merge(rejection.reason(), 1, Integer::sum);
      }
    }
    return new Scores(
        target,
        judgements.size(),
        (int) judgements.stream().filter(Judgement::isRight).count(),
        rejected,
        LabelCounts.of(target, judgements),
        Calibration.of(target, judgements),
        rejecting.map(label -> Rejection.of(label, judgements)),
        target.kind() == AnswerKind.SPANS
            ? Optional.of(SpanErrors.of(judgements))
            : Optional.empty(),
        confusions);
  }

  /** Returns the share of texts whose answer is exactly what was expected. */
  public double accuracy() {
    return Counts.ratio(right, examples);
  }

  public Interval accuracyInterval() {
    return Interval.ofShare(right, examples);
  }
}
