package io.winnow.jobs.report;

import io.winnow.jobs.evaluation.HeadComparison;
import io.winnow.jobs.evaluation.ModelIdentity;
import java.util.ArrayList;
import java.util.List;

/** Comparisons of the heads of two sides as a page. */
public final class ComparisonPage {
  private ComparisonPage() {}

  /** Returns the page as HTML; there must be a comparison at least. */
  public static String of(List<HeadComparison> comparisons) {
    HeadComparison first = comparisons.get(0);
    String dataset = PageText.of(first.dataset());
    ChartData charts = new ChartData();
    List<ComparisonView> heads = new ArrayList<>();
    for (HeadComparison comparison : comparisons) {
      heads.add(ComparisonView.of("head-" + heads.size(), comparison, charts));
    }
    Content content =
        new Content(
            side(first.a()),
            side(first.b()),
            List.of(new Fact("Data set", dataset)),
            heads.size() > 1,
            heads);
    String title = "%s and %s on %s".formatted(content.a().title(), content.b().title(), dataset);
    return new Page(title, "comparison", content, charts).render();
  }

  private static Side side(ModelIdentity model) {
    return new Side(PageText.of(model.title()), model.fingerprint());
  }

  /** What the template shows. */
  private record Content(
      Side a, Side b, List<Fact> facts, boolean several, List<ComparisonView> heads) {}

  /** A model in words. */
  private record Side(String title, String fingerprint) {}
}
