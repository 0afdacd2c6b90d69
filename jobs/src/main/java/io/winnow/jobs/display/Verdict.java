package io.winnow.jobs.display;

import io.winnow.jobs.evaluation.AnswerKind;
import io.winnow.jobs.evaluation.Contest;
import io.winnow.jobs.evaluation.Interval;

/** Says which side is better, or that nobody can tell. */
public final class Verdict {
  private Verdict() {}

  /** Returns a sentence. */
  public static String of(Contest contest) {
    return contest.a().target().kind() == AnswerKind.LABEL ? ofTexts(contest) : ofF1(contest);
  }

  private static String ofTexts(Contest contest) {
    String test = Figures.pValue(contest.pValue()) + ", exact McNemar test";
    if (contest.onlyA() == contest.onlyB()) {
      return "A and B have equally many texts right";
    }
    if (!contest.isSignificant()) {
      return "Too close to tell: chance alone often makes such a difference (%s)".formatted(test);
    }
    return "%s is better, by more than chance makes likely (%s)"
        .formatted(contest.onlyA() > contest.onlyB() ? "A" : "B", test);
  }

  private static String ofF1(Contest contest) {
    Interval interval = contest.f1Difference();
    String range =
        "95 %% interval of the difference in F1: %s to %s points"
            .formatted(Figures.points(interval.low()), Figures.points(interval.high()));
    if (interval.low() <= 0 && interval.high() >= 0) {
      return "Too close to tell (%s)".formatted(range);
    }
    return "%s is better (%s)".formatted(interval.high() < 0 ? "A" : "B", range);
  }
}
