package io.winnow.jobs.evaluation;

import io.winnow.operators.model.Aggregation;
import io.winnow.operators.model.Head;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A head that lines of a data set can be about.
 *
 * @param labels labels that its answers can bear, in the order of the head
 */
public record Target(String head, AnswerKind kind, List<String> labels) {
  private static final String NO_ENTITY = "O";

  public Target {
    labels = List.copyOf(labels);
  }

  /** Returns a head as a target; empty where no label can measure it. */
  public static Optional<Target> of(Head head) {
    return AnswerKind.of(head).map(kind -> new Target(head.name(), kind, labels(head)));
  }

  /** Returns this target with the labels of another one, too. */
  public Target with(Target other) {
    Set<String> union = new LinkedHashSet<>(labels);
    union.addAll(other.labels);
    return new Target(head, kind, new ArrayList<>(union));
  }

  private static List<String> labels(Head head) {
    return switch (head.task()) {
      case TEXT_CLASSIFICATION -> head.labels();
      case TOKEN_CLASSIFICATION ->
          head.labels().stream()
              .filter(label -> !label.equals(NO_ENTITY))
              .map(label -> head.aggregation() == Aggregation.NONE ? label : ofSpan(label))
              .distinct()
              .toList();
    };
  }

  /** Returns a token's label as a span of several tokens bears it. */
  private static String ofSpan(String label) {
    return label.substring(label.indexOf('-') + 1);
  }
}
