package io.winnow.jobs.evaluation;

import java.util.List;
import java.util.Set;

/**
 * What became of the spans that were expected, and what was found beside them.
 *
 * @param exact found with their label and both ends
 * @param otherLabel found with both ends, but another label
 * @param otherEnds found with their label, but an end elsewhere
 * @param missed not found, or only with another label and other ends
 * @param invented found where no expected span overlaps
 */
public record SpanErrors(int exact, int otherLabel, int otherEnds, int missed, int invented) {

  static SpanErrors of(List<Judgement> judgements) {
    int exact = 0;
    int otherLabel = 0;
    int otherEnds = 0;
    int missed = 0;
    int invented = 0;
    for (Judgement judgement : judgements) {
      Set<Finding> expected = judgement.expected();
      Set<Finding> found = judgement.answer().findings();
      for (Finding span : expected) {
        if (found.contains(span)) {
          exact++;
        } else if (found.stream().anyMatch(span::isAtPlaceOf)) {
          otherLabel++;
        } else if (found.stream().anyMatch(f -> span.overlaps(f) && isOfLabel(span, f))) {
          otherEnds++;
        } else {
          missed++;
        }
      }
      invented +=
          (int) found.stream().filter(f -> expected.stream().noneMatch(f::overlaps)).count();
    }
    return new SpanErrors(exact, otherLabel, otherEnds, missed, invented);
  }

  private static boolean isOfLabel(Finding span, Finding other) {
    return span.label().equals(other.label());
  }
}
