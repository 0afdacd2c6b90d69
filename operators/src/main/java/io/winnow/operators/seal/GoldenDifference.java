package io.winnow.operators.seal;

import io.winnow.operators.model.Head;
import io.winnow.operators.task.HeadResult;
import io.winnow.operators.task.LabelScore;
import io.winnow.operators.task.LabelledSpan;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How far an answer lies from the golden one.
 *
 * @param size largest difference of two scores; what one side lacks counts as 0
 * @param otherLabels whether the head reports other labels or spans
 */
record GoldenDifference(
    String text, String head, String expected, String found, float size, boolean otherLabels) {

  /** Other labels are worse than any difference of scores. */
  static final Comparator<GoldenDifference> BY_SIZE =
      Comparator.comparing(GoldenDifference::otherLabels).thenComparing(GoldenDifference::size);

  boolean exceeds(double tolerance) {
    return otherLabels || size > tolerance;
  }

  /**
   * Compares two answers.
   *
   * @param found every label with its score, or the spans
   */
  static GoldenDifference between(String text, Head head, GoldenAnswer golden, HeadResult found) {
    if (golden instanceof GoldenAnswer.Labels labels) {
      List<LabelScore> all = ((HeadResult.Labels) found).labels();
      return between(
          new Side(labels.labels(), HeadResult.Labels.reported(head, labels.labels()).labels()),
          new Side(all, HeadResult.Labels.reported(head, all).labels()),
          text,
          head);
    }
    List<LabelScore> expected = places(((GoldenAnswer.Spans) golden).spans());
    List<LabelScore> spans = places(((HeadResult.Spans) found).spans());
    return between(new Side(expected, expected), new Side(spans, spans), text, head);
  }

  private static GoldenDifference between(Side golden, Side found, String text, Head head) {
    Map<String, Float> expected = golden.scores();
    Map<String, Float> scores = found.scores();
    Set<String> compared = new LinkedHashSet<>(expected.keySet());
    compared.addAll(found.names());
    String furthest = "";
    float size = 0;
    for (String label : compared) {
      float difference =
          Math.abs(expected.getOrDefault(label, 0f) - scores.getOrDefault(label, 0f));
      if (difference > size) {
        size = difference;
        furthest = label;
      }
    }
    return golden.names().equals(found.names())
        ? new GoldenDifference(
            text,
            head.name(),
            furthest + " " + expected.get(furthest),
            furthest + " " + scores.get(furthest),
            size,
            false)
        : new GoldenDifference(text, head.name(), golden.shown(), found.shown(), size, true);
  }

  /** A span is a label at a place. */
  private static List<LabelScore> places(List<LabelledSpan> spans) {
    return spans.stream()
        .map(s -> new LabelScore("%s at %d-%d".formatted(s.label(), s.start(), s.end()), s.score()))
        .toList();
  }

  /**
   * One of the two answers.
   *
   * @param all what it knows the score of
   * @param reported what of it the head reports
   */
  private record Side(List<LabelScore> all, List<LabelScore> reported) {
    Map<String, Float> scores() {
      Map<String, Float> scores = new LinkedHashMap<>();
      all.forEach(label -> scores.put(label.label(), label.score()));
      return scores;
    }

    Set<String> names() {
      return reported.stream().map(LabelScore::label).collect(Collectors.toSet());
    }

    String shown() {
      return reported.isEmpty()
          ? "nothing"
          : reported.stream()
              .map(label -> label.label() + " " + label.score())
              .collect(Collectors.joining(", "));
    }
  }
}
