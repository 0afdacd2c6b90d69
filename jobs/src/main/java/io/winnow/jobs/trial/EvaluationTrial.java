package io.winnow.jobs.trial;

import io.winnow.jobs.evaluation.Evaluation;
import io.winnow.jobs.evaluation.Example;
import io.winnow.jobs.evaluation.HeadExamples;
import io.winnow.jobs.evaluation.Judgement;
import io.winnow.jobs.evaluation.LabelledData;
import io.winnow.jobs.evaluation.Mistakes;
import io.winnow.jobs.evaluation.Rejection;
import io.winnow.jobs.evaluation.Scores;
import io.winnow.jobs.evaluation.Speed;
import io.winnow.jobs.evaluation.Target;
import io.winnow.operators.config.ConfigurationException;
import io.winnow.operators.inference.InferenceException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Measures a bundle on labelled data. */
public final class EvaluationTrial {
  private static final int MOST_MISTAKES = 100;

  private final Candidate candidate;
  private final LabelledData data;
  private final Optional<String> rejecting;

  /**
   * Creates a trial.
   *
   * @param data lines about heads of the candidate, each with what is right
   * @param rejecting the label that stands for "none of the others", where it has no usual name
   */
  public EvaluationTrial(Candidate candidate, LabelledData data, Optional<String> rejecting) {
    this.candidate = candidate;
    this.data = data;
    this.rejecting = rejecting;
  }

  /** Answers all texts and returns an evaluation for each head; tells of each text. */
  public List<Evaluation> run(Runnable eachText) throws ConfigurationException, InferenceException {
    List<Target> targets = data.heads().stream().map(HeadExamples::target).toList();
    List<Evaluation> evaluations = new ArrayList<>();
    try (TimedBundle bundle = candidate.open(targets)) {
      for (HeadExamples head : data.heads()) {
        bundle.warmUp(head.examples().stream().map(Example::text).toList());
        evaluations.add(evaluation(head, bundle, eachText));
      }
    }
    return evaluations;
  }

  private Evaluation evaluation(HeadExamples head, TimedBundle bundle, Runnable eachText) {
    List<Judgement> judgements = new ArrayList<>();
    Speed speed = Speed.NONE;
    for (Example example : head.examples()) {
      TimedAnswer answer = bundle.answer(example.text());
      speed = speed.plus(answer.speed());
      judgements.add(
          new Judgement(
              example.place(),
              example.text(),
              example.expected().orElseThrow().findings(),
              answer.of(head.target())));
      eachText.run();
    }
    return new Evaluation(
        candidate.identity(),
        data.name(),
        data.skipped(),
        Scores.of(head.target(), judgements, Rejection.label(head.target(), rejecting)),
        Mistakes.gravest(judgements, MOST_MISTAKES),
        speed);
  }
}
