package io.winnow.jobs.display;

import io.winnow.jobs.evaluation.AnswerKind;
import io.winnow.jobs.evaluation.Calibration;
import io.winnow.jobs.evaluation.Contest;
import io.winnow.jobs.evaluation.Rejection;
import io.winnow.jobs.evaluation.Scores;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/** One measure of two models of which the right answers are known, in words. */
public record ContestRow(String name, String a, String b, String difference) {

  /** Returns all measures that say something of these texts. */
  public static List<ContestRow> of(Contest contest) {
    List<ContestRow> rows = new ArrayList<>();
    boolean spans = contest.a().target().kind() == AnswerKind.SPANS;
    if (!spans) {
      rows.add(of("Accuracy", contest, Scores::accuracy));
    }
    rows.add(of(spans ? "Span F1" : "Micro F1", contest, s -> s.labels().microF1()));
    rows.add(of("Macro F1", contest, s -> s.labels().macroF1()));
    of("Calibration error", contest, Scores::calibration, Calibration::error).ifPresent(rows::add);
    contest.a().rejection().ifPresent(rejection -> addRejection(rows, contest, rejection));
    return rows;
  }

  private static void addRejection(List<ContestRow> rows, Contest contest, Rejection rejection) {
    if (rejection.texts() > 0) {
      of("Recall of " + rejection.label(), contest, Scores::rejection, Rejection::recall)
          .ifPresent(rows::add);
    }
    if (rejection.others() > 0) {
      of("Others sent to " + rejection.label(), contest, Scores::rejection, Rejection::lostShare)
          .ifPresent(rows::add);
    }
  }

  private static <T> Optional<ContestRow> of(
      String name,
      Contest contest,
      Function<Scores, Optional<T>> part,
      ToDoubleFunction<T> measure) {
    return part.apply(contest.a())
        .flatMap(a -> part.apply(contest.b()).map(b -> of(name, measure, a, b)));
  }

  private static ContestRow of(String name, Contest contest, ToDoubleFunction<Scores> measure) {
    return of(name, measure, contest.a(), contest.b());
  }

  private static <T> ContestRow of(String name, ToDoubleFunction<T> measure, T ofA, T ofB) {
    double a = measure.applyAsDouble(ofA);
    double b = measure.applyAsDouble(ofB);
    return new ContestRow(name, Figures.percent(a), Figures.percent(b), Figures.points(b - a));
  }
}
