package io.winnow.jobs.evaluation;

import io.winnow.operators.task.LabelScore;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/**
 * Scores of a head's labels for one text: of all of them where the model itself was asked, of those
 * that were reported where only its answer is known.
 *
 * @param labels shared by all texts of a head
 * @param scores in the order of the labels, from 0 to 1
 */
@SuppressWarnings("ArrayRecordComponent") // never compared; thousands of them are kept
public record Distribution(List<String> labels, float[] scores) {
  public Distribution {
    if (labels.size() != scores.length) {
      throw new IllegalArgumentException(
          "Expected a score for each of %d labels, found %d"
              .formatted(labels.size(), scores.length));
    }
  }

  /** Puts scores into the order of the labels, all of which must be there. */
  public static Distribution of(List<String> labels, List<LabelScore> scores) {
    Map<String, Float> byLabel =
        scores.stream().collect(Collectors.toMap(LabelScore::label, LabelScore::score));
    float[] ordered = new float[labels.size()];
    for (int i = 0; i < ordered.length; i++) {
      Float score = byLabel.get(labels.get(i));
      if (score == null) {
        throw new IllegalArgumentException("Expected a score of '%s'".formatted(labels.get(i)));
      }
      ordered[i] = score;
    }
    return new Distribution(labels, ordered);
  }

  /** Returns the scores that were reported. */
  public static Distribution ofReported(List<LabelScore> reported) {
    return of(reported.stream().map(LabelScore::label).toList(), reported);
  }

  public OptionalDouble score(String label) {
    int index = labels.indexOf(label);
    return index < 0 ? OptionalDouble.empty() : OptionalDouble.of(scores[index]);
  }

  /** Returns the index of the highest score, of equal ones the first; -1 where there is none. */
  int highest() {
    int highest = -1;
    for (int i = 0; i < scores.length; i++) {
      if (highest < 0 || scores[i] > scores[highest]) {
        highest = i;
      }
    }
    return highest;
  }
}
