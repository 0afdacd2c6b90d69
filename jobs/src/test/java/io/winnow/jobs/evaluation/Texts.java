package io.winnow.jobs.evaluation;

import io.winnow.operators.task.LabelScore;
import io.winnow.operators.task.LabelledSpan;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Answers and what was expected of them, in few characters. */
public final class Texts {
  private Texts() {}

  /** An answer of a single label that has all of the score; none for "-". */
  public static Answer label(List<String> labels, String label) {
    float[] scores = new float[labels.size()];
    if (label.equals("-")) {
      return new Answer.Labels(List.of(), new Distribution(labels, scores));
    }
    scores[labels.indexOf(label)] = 1;
    return new Answer.Labels(List.of(new LabelScore(label, 1)), new Distribution(labels, scores));
  }

  /** An answer of the labels whose score reaches 0.5. */
  public static Answer labels(AnswerKind kind, List<String> labels, float... scores) {
    List<LabelScore> reported = new ArrayList<>();
    for (int i = 0; i < scores.length; i++) {
      if (scores[i] >= 0.5f) {
        reported.add(new LabelScore(labels.get(i), scores[i]));
      }
    }
    return Answer.Labels.of(kind, reported, new Distribution(labels, scores));
  }

  /** An answer of labels, each sure. */
  public static Answer labels(List<String> all, String... found) {
    float[] scores = new float[all.size()];
    Stream.of(found).forEach(label -> scores[all.indexOf(label)] = 1);
    return labels(AnswerKind.LABELS, all, scores);
  }

  /** An answer of spans such as {@code PER:0-5}, each with the score 0.9. */
  public static Answer spans(String... spans) {
    return new Answer.Spans(
        Stream.of(spans)
            .map(Texts::span)
            .map(f -> new LabelledSpan(f.label(), f.start(), f.end(), 0.9f))
            .toList());
  }

  public static Set<Finding> expectedLabels(String... labels) {
    return Stream.of(labels)
        .map(Finding::ofText)
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  public static Set<Finding> expectedSpans(String... spans) {
    return Stream.of(spans).map(Texts::span).collect(Collectors.toCollection(LinkedHashSet::new));
  }

  private static Finding span(String span) {
    String[] parts = span.split("[:-]", -1);
    return new Finding(parts[0], Integer.parseInt(parts[1]), Integer.parseInt(parts[2]));
  }

  public static Judgement judgement(Set<Finding> expected, Answer answer) {
    return new Judgement("line 1", "A text", expected, answer);
  }

  public static Scores scores(Target target, List<Judgement> judgements) {
    return Scores.of(target, judgements, Rejection.label(target, Optional.empty()));
  }
}
