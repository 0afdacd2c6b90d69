package io.winnow.jobs.evaluation;

import io.winnow.operators.task.LabelScore;
import io.winnow.operators.task.LabelledSpan;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;

/** What was said of one text, wherever it comes from: a model that was asked, or a topic. */
public sealed interface Answer {

  /** Returns what was found in the text. */
  Set<Finding> findings();

  /** Returns the score of a finding, where it is known. */
  OptionalDouble score(Finding finding);

  /**
   * Labels of the whole text.
   *
   * @param labels labels that hold, the highest score first; of a single-label head one at the most
   * @param scores whatever is known of the scores, of labels that do not hold, too
   */
  record Labels(List<LabelScore> labels, Distribution scores) implements Answer {
    /** No label, and no score of any. */
    public static final Labels NONE = new Labels(List.of(), Distribution.ofReported(List.of()));

    public Labels {
      labels = List.copyOf(labels);
    }

    /** Takes what was reported: of a single-label head only the first one counts. */
    public static Labels of(AnswerKind kind, List<LabelScore> reported, Distribution scores) {
      int most = kind == AnswerKind.LABEL ? 1 : reported.size();
      return new Labels(reported.subList(0, Math.min(most, reported.size())), scores);
    }

    @Override
    public Set<Finding> findings() {
      return labels.stream()
          .map(label -> Finding.ofText(label.label()))
          .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    @Override
    public OptionalDouble score(Finding finding) {
      return scores.score(finding.label());
    }
  }

  /** Pieces of the text. */
  record Spans(List<LabelledSpan> spans) implements Answer {
    public Spans {
      spans = List.copyOf(spans);
    }

    @Override
    public Set<Finding> findings() {
      return spans.stream().map(Finding::of).collect(Collectors.toCollection(LinkedHashSet::new));
    }

    @Override
    public OptionalDouble score(Finding finding) {
      return spans.stream()
          .filter(span -> Finding.of(span).equals(finding))
          .mapToDouble(LabelledSpan::score)
          .findFirst();
    }
  }

  /**
   * None: the text was rejected.
   *
   * @param reason code of the reason, such as {@code empty-text}
   */
  record Rejected(String reason) implements Answer {
    @Override
    public Set<Finding> findings() {
      return Collections.emptySet();
    }

    @Override
    public OptionalDouble score(Finding finding) {
      return OptionalDouble.empty();
    }
  }
}
