package io.winnow.jobs.report;

import io.winnow.jobs.evaluation.HeadComparison;
import java.util.ArrayList;
import java.util.List;

/** Comparisons of the heads of two sides as a page. */
public final class ComparisonPage {
  private final String verb;
  private final String a;
  private final String b;
  private final List<Fact> facts;
  private final ChartData charts = new ChartData();
  private final List<ComparisonView> heads = new ArrayList<>();

  /**
   * Creates a page without heads.
   *
   * @param verb the verb that writes it
   * @param a name of side A
   * @param b name of side B
   * @param facts what is to be known of all heads
   */
  ComparisonPage(String verb, String a, String b, List<Fact> facts) {
    this.verb = verb;
    this.a = PageText.of(a);
    this.b = PageText.of(b);
    this.facts = facts;
  }

  /** Returns the page of two models as HTML; there must be a comparison at least. */
  public static String of(List<HeadComparison> comparisons) {
    HeadComparison first = comparisons.get(0);
    String dataset = PageText.of(first.dataset());
    ComparisonPage page =
        new ComparisonPage(
            "compare",
            first.a().title(),
            first.b().title(),
            List.of(
                new Fact("Fingerprint of A", first.a().fingerprint()),
                new Fact("Fingerprint of B", first.b().fingerprint()),
                new Fact("Data set", dataset),
                Fact.ofThisMachine()));
    comparisons.forEach(comparison -> page.add(comparison, ""));
    return page.render("%s and %s on %s".formatted(page.a, page.b, dataset));
  }

  /**
   * Adds a head.
   *
   * @param note what else is to be known of it
   */
  void add(HeadComparison comparison, String note) {
    heads.add(ComparisonView.of("head-" + heads.size(), PageText.of(note), comparison, charts));
  }

  /** Returns the page as HTML. */
  String render(String title) {
    Content content = new Content(verb, a, b, facts, heads.size() > 1, heads);
    return new Page(title, "comparison", content, charts).render();
  }

  /** What the template shows. */
  private record Content(
      String verb,
      String a,
      String b,
      List<Fact> facts,
      boolean several,
      List<ComparisonView> heads) {}
}
