package io.winnow.jobs.report;

import io.winnow.jobs.diff.HeadDiff;
import io.winnow.jobs.diff.SideCounts;
import io.winnow.jobs.diff.TopicDiff;
import io.winnow.jobs.diff.Unmatched;
import io.winnow.jobs.display.DiffWords;
import io.winnow.jobs.display.Figures;
import io.winnow.jobs.evaluation.ModelIdentity;
import java.util.ArrayList;
import java.util.List;

/** A comparison of two topics as a page. */
public final class DiffPage {
  private DiffPage() {}

  /** Returns the page as HTML. */
  public static String of(TopicDiff diff) {
    List<Fact> facts = new ArrayList<>();
    facts.add(new Fact("In both", Figures.count(diff.joined(), "record")));
    facts.add(side("A", diff.a()));
    facts.add(side("B", diff.b()));
    for (Unmatched head : diff.unmatched()) {
      facts.add(
          new Fact("Not compared", PageText.of(head.name().title() + ": " + DiffWords.of(head))));
    }
    ComparisonPage page = new ComparisonPage("diff", diff.a().topic(), diff.b().topic(), facts);
    diff.heads().forEach(head -> page.add(head.comparison(), models(head)));
    return page.render(PageText.of("%s and %s".formatted(diff.a().topic(), diff.b().topic())));
  }

  private static Fact side(String name, SideCounts side) {
    return new Fact("Only in " + name, DiffWords.of(side));
  }

  private static String models(HeadDiff head) {
    return "; A: %s; B: %s"
        .formatted(
            model(head.comparison().a(), head.othersOfA()),
            model(head.comparison().b(), head.othersOfB()));
  }

  private static String model(ModelIdentity model, long others) {
    return "%s (%s)%s".formatted(model.title(), model.fingerprint(), DiffWords.others(others));
  }
}
