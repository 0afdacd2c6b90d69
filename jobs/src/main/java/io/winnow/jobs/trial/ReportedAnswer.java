package io.winnow.jobs.trial;

import io.winnow.jobs.evaluation.Answer;
import io.winnow.jobs.evaluation.AnswerKind;
import io.winnow.jobs.evaluation.Distribution;
import io.winnow.operators.model.Head;
import io.winnow.operators.task.HeadResult;
import io.winnow.operators.task.LabelScore;
import java.util.List;

/**
 * Cuts what a head says of all labels to what it reports in a pipeline, by the head's own
 * thresholds and top-k.
 */
final class ReportedAnswer {
  private ReportedAnswer() {}

  /**
   * Returns the answer that a pipeline would get, with the scores that it would not.
   *
   * @param head the head as it is in a pipeline
   * @param everything what the same head says with no threshold and no limit
   */
  static Answer of(Head head, HeadResult everything) {
    if (everything instanceof HeadResult.Labels labels) {
      Distribution scores = Distribution.of(head.labels(), labels.labels());
      AnswerKind kind = AnswerKind.of(head).orElseThrow();
      return Answer.Labels.of(kind, reported(head, labels.labels()), scores);
    }
    HeadResult.Spans spans = (HeadResult.Spans) everything;
    return new Answer.Spans(
        spans.spans().stream()
            .filter(span -> span.score() >= head.threshold(span.label()))
            .toList());
  }

  private static List<LabelScore> reported(Head head, List<LabelScore> highestFirst) {
    return highestFirst.stream()
        .filter(label -> label.score() >= head.threshold(label.label()))
        .limit(head.topK())
        .toList();
  }
}
