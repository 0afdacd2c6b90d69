package io.winnow.jobs.trial;

import io.winnow.jobs.evaluation.AnswerPair;
import io.winnow.jobs.evaluation.Comparison;
import io.winnow.jobs.evaluation.Example;
import io.winnow.jobs.evaluation.HeadComparison;
import io.winnow.jobs.evaluation.HeadExamples;
import io.winnow.jobs.evaluation.LabelledData;
import io.winnow.jobs.evaluation.Rejection;
import io.winnow.jobs.evaluation.Speed;
import io.winnow.jobs.evaluation.Target;
import io.winnow.operators.config.ConfigurationException;
import io.winnow.operators.inference.InferenceException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/** Gives two bundles the same texts, each text to one after the other. */
public final class ComparisonTrial {
  private static final int MOST_EXAMPLES = 50;

  private final Candidate a;
  private final Candidate b;
  private final List<HeadPair> pairs;
  private final LabelledData data;

  /**
   * Creates a trial.
   *
   * @param pairs the heads that match
   * @param data lines about the targets of the pairs
   */
  public ComparisonTrial(Candidate a, Candidate b, List<HeadPair> pairs, LabelledData data) {
    this.a = a;
    this.b = b;
    this.pairs = pairs.stream().filter(pair -> isAsked(pair, data)).toList();
    this.data = data;
  }

  private static boolean isAsked(HeadPair pair, LabelledData data) {
    return data.heads().stream().anyMatch(head -> head.target().equals(pair.target()));
  }

  /** Answers all texts and returns a comparison for each head; tells of each text. */
  public List<HeadComparison> run(Runnable eachText)
      throws ConfigurationException, InferenceException {
    Map<Integer, Example> examples = new TreeMap<>(); // a text of several heads is read once
    data.heads().forEach(head -> head.examples().forEach(e -> examples.put(e.line(), e)));
    Map<Integer, TimedAnswer> ofA = new TreeMap<>();
    Map<Integer, TimedAnswer> ofB = new TreeMap<>();
    try (TimedBundle bundleA = a.open(pairs.stream().map(HeadPair::a).toList());
        TimedBundle bundleB = b.open(pairs.stream().map(HeadPair::b).toList())) {
      List<String> texts = examples.values().stream().map(Example::text).toList();
      bundleA.warmUp(texts);
      bundleB.warmUp(texts);
      examples.forEach(
          (line, example) -> {
            ofA.put(line, bundleA.answer(example.text()));
            ofB.put(line, bundleB.answer(example.text()));
            eachText.run();
          });
    }
    List<HeadComparison> comparisons = new ArrayList<>();
    for (HeadExamples head : data.heads()) {
      comparisons.add(comparison(head, ofA, ofB));
    }
    return comparisons;
  }

  private HeadComparison comparison(
      HeadExamples head, Map<Integer, TimedAnswer> ofA, Map<Integer, TimedAnswer> ofB) {
    HeadPair heads =
        pairs.stream().filter(p -> p.target().equals(head.target())).findFirst().orElseThrow();
    List<AnswerPair> answers = new ArrayList<>();
    Speed speedOfA = Speed.NONE;
    Speed speedOfB = Speed.NONE;
    for (Example example : head.examples()) {
      TimedAnswer answerOfA = Objects.requireNonNull(ofA.get(example.line()));
      TimedAnswer answerOfB = Objects.requireNonNull(ofB.get(example.line()));
      speedOfA = speedOfA.plus(answerOfA.speed());
      speedOfB = speedOfB.plus(answerOfB.speed());
      answers.add(
          new AnswerPair(
              example.place(),
              example.text(),
              example.expected(),
              answerOfA.of(heads.a()),
              answerOfB.of(heads.b())));
    }
    Target target = head.target();
    Optional<String> rejecting = Rejection.label(target, Optional.empty());
    return new HeadComparison(
        a.identity(),
        b.identity(),
        data.name(),
        data.skipped(),
        Comparison.of(target, answers, rejecting, MOST_EXAMPLES),
        speedOfA,
        speedOfB);
  }
}
