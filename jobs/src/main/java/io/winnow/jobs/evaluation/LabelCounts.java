package io.winnow.jobs.evaluation;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Counts of each label over many texts, in the order of the head.
 *
 * <p>Averages are those of scikit-learn's {@code classification_report} and, over spans, of
 * seqeval's in strict mode: of several labels, all of the head's take part; of a single label and
 * of spans, those that were expected or found.
 */
public final class LabelCounts {
  private final Map<String, Counts> byLabel;

  private LabelCounts(Map<String, Counts> byLabel) {
    this.byLabel = Collections.unmodifiableMap(byLabel);
  }

  static LabelCounts of(Target target, List<Judgement> judgements) {
    Sum sum = new Sum();
    for (Judgement judgement : judgements) {
      sum.add(judgement.expected(), judgement.answer().findings());
    }
    return sum.of(target);
  }

  public Map<String, Counts> byLabel() {
    return byLabel;
  }

  /** Returns the labels, the highest F1 first. */
  public List<String> bestFirst() {
    List<String> labels = new ArrayList<>(byLabel.keySet());
    labels.sort(Comparator.comparingDouble(label -> -of(label).f1())); // stable
    return labels;
  }

  public Counts of(String label) {
    return byLabel.getOrDefault(label, Counts.NONE);
  }

  public Counts total() {
    return byLabel.values().stream().reduce(Counts.NONE, Counts::plus);
  }

  /** Returns the F1 of all labels taken together. */
  public double microF1() {
    return total().f1();
  }

  /** Returns the mean of the labels' F1. */
  public double macroF1() {
    return byLabel.values().stream().mapToDouble(Counts::f1).average().orElse(0);
  }

  /** Counts that grow text by text. */
  static final class Sum {
    private final Map<String, Counts> byLabel = new LinkedHashMap<>();

    void add(Set<Finding> expected, Set<Finding> found) {
      for (Finding finding : expected) {
        Counts one = found.contains(finding) ? new Counts(1, 0, 0) : new Counts(0, 0, 1);
        byLabel.merge(finding.label(), one, Counts::plus);
      }
      for (Finding finding : found) {
        if (!expected.contains(finding)) {
          byLabel.merge(finding.label(), new Counts(0, 1, 0), Counts::plus);
        }
      }
    }

    LabelCounts of(Target target) {
      Map<String, Counts> counts = new LinkedHashMap<>();
      target.labels().forEach(label -> counts.put(label, Counts.NONE));
      counts.putAll(byLabel); // keeps the place of a label that is there
      if (target.kind() != AnswerKind.LABELS) {
        counts.values().removeIf(Counts.NONE::equals);
      }
      return new LabelCounts(counts);
    }
  }
}
