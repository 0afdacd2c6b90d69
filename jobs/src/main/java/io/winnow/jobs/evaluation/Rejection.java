package io.winnow.jobs.evaluation;

import io.winnow.operators.config.ConfigurationException;
import io.winnow.operators.config.Nearest;
import java.util.List;
import java.util.Optional;

/**
 * How well a label that stands for "none of the others" does its work.
 *
 * @param texts texts that it is expected of
 * @param found those of them that it was found in
 * @param others texts that another label is expected of
 * @param lost those of the others that it was found in
 */
public record Rejection(String label, int texts, int found, int others, int lost) {
  /** Names of such a label that need not be told. */
  private static final List<String> USUAL = List.of("out_of_scope", "oos");

  /**
   * Returns the label of a head that does this work: the one that is asked for, else the one that
   * is named as they usually are; none where the head has no such label.
   */
  public static Optional<String> label(Target target, Optional<String> asked) {
    List<String> names = asked.map(List::of).orElse(USUAL);
    return target.kind() == AnswerKind.LABEL
        ? names.stream().filter(target.labels()::contains).findFirst()
        : Optional.empty();
  }

  /**
   * Checks that a label that is asked for is one of those heads that give a single label.
   *
   * @throws ConfigurationException if none has it
   */
  public static void check(LabelledData data, Optional<String> asked)
      throws ConfigurationException {
    if (asked.isEmpty()) {
      return;
    }
    List<Target> targets =
        data.heads().stream()
            .map(HeadExamples::target)
            .filter(target -> target.kind() == AnswerKind.LABEL)
            .toList();
    if (targets.stream().noneMatch(target -> target.labels().contains(asked.get()))) {
      List<String> known = targets.stream().flatMap(t -> t.labels().stream()).toList();
      throw new ConfigurationException(
          "Expected a label of a head with a single label for each text with --reject, found '%s'%s"
              .formatted(asked.get(), Nearest.hint(asked.get(), known)));
    }
  }

  static Rejection of(String label, List<Judgement> judgements) {
    Finding rejecting = Finding.ofText(label);
    int texts = 0;
    int found = 0;
    int lost = 0;
    for (Judgement judgement : judgements) {
      boolean expected = judgement.expected().contains(rejecting);
      boolean given = judgement.answer().findings().contains(rejecting);
      texts += expected ? 1 : 0;
      found += expected && given ? 1 : 0;
      lost += !expected && given ? 1 : 0;
    }
    return new Rejection(label, texts, found, judgements.size() - texts, lost);
  }

  public double recall() {
    return Counts.ratio(found, texts);
  }

  /** Returns the share of the other texts that was sent there. */
  public double lostShare() {
    return Counts.ratio(lost, others);
  }
}
