package io.winnow.jobs.report;

import io.winnow.jobs.evaluation.Answer;
import io.winnow.jobs.evaluation.AnswerKind;
import io.winnow.jobs.evaluation.AnswerPair;
import io.winnow.jobs.evaluation.Comparison;
import io.winnow.jobs.evaluation.Evaluation;
import io.winnow.jobs.evaluation.Expected;
import io.winnow.jobs.evaluation.Finding;
import io.winnow.jobs.evaluation.HeadComparison;
import io.winnow.jobs.evaluation.Judgement;
import io.winnow.jobs.evaluation.Mistakes;
import io.winnow.jobs.evaluation.ModelIdentity;
import io.winnow.jobs.evaluation.Rejection;
import io.winnow.jobs.evaluation.Scores;
import io.winnow.jobs.evaluation.Speed;
import io.winnow.jobs.evaluation.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Evaluations and comparisons to show. */
final class Samples {
  static final ModelIdentity MODEL = new ModelIdentity("support", "0.2.0", "0a1b2c");
  static final ModelIdentity OLD = new ModelIdentity("support", "0.1.0", "9f8e7d");
  static final Speed SPEED = new Speed(400, 5_000, 1_000_000_000L);

  private Samples() {}

  static Evaluation evaluation(Target target, Judgement... judgements) {
    List<Judgement> all = List.of(judgements);
    return new Evaluation(
        MODEL,
        "data.jsonl",
        2,
        Scores.of(target, all, Rejection.label(target, Optional.empty())),
        Mistakes.gravest(all, 10),
        SPEED);
  }

  static Judgement judgement(String text, Set<Finding> expected, Answer answer) {
    return new Judgement("line 7", text, expected, answer);
  }

  static HeadComparison comparison(Target target, AnswerPair... pairs) {
    return new HeadComparison(
        OLD,
        MODEL,
        "data.jsonl",
        0,
        Comparison.of(target, List.of(pairs), Optional.empty(), 10),
        SPEED,
        new Speed(400, 5_500, 1_000_000_000L));
  }

  static AnswerPair pair(String text, Answer a, Answer b) {
    return new AnswerPair("line 7", text, Optional.empty(), a, b);
  }

  static AnswerPair pair(String text, AnswerKind kind, Set<Finding> expected, Answer a, Answer b) {
    return new AnswerPair("line 7", text, Optional.of(new Expected(kind, expected)), a, b);
  }

  /** Returns a head with that many labels, {@code label 0} the first. */
  static Target labels(int count) {
    List<String> labels = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      labels.add("label " + i);
    }
    return new Target("intent", AnswerKind.LABEL, labels);
  }
}
