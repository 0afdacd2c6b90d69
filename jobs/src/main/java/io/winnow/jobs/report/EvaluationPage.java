package io.winnow.jobs.report;

import io.winnow.jobs.evaluation.Evaluation;
import io.winnow.jobs.evaluation.ModelIdentity;
import java.util.ArrayList;
import java.util.List;

/** Evaluations of the heads of a model as a page. */
public final class EvaluationPage {
  private EvaluationPage() {}

  /** Returns the page as HTML; there must be an evaluation at least. */
  public static String of(List<Evaluation> evaluations) {
    ModelIdentity model = evaluations.get(0).model();
    String dataset = PageText.of(evaluations.get(0).dataset());
    ChartData charts = new ChartData();
    List<EvaluationView> heads = new ArrayList<>();
    for (Evaluation evaluation : evaluations) {
      heads.add(EvaluationView.of("head-" + heads.size(), evaluation, charts));
    }
    String title = PageText.of(model.title());
    Content content =
        new Content(
            title,
            List.of(
                new Fact("Data set", dataset),
                new Fact("Fingerprint", model.fingerprint()),
                Fact.ofThisMachine()),
            heads.size() > 1,
            heads);
    return new Page("%s on %s".formatted(title, dataset), "evaluation", content, charts).render();
  }

  /** What the template shows. */
  private record Content(
      String title, List<Fact> facts, boolean several, List<EvaluationView> heads) {}
}
