package io.winnow.jobs.report;

import io.winnow.jobs.bench.BenchResults;
import io.winnow.jobs.bench.ContenderKind;
import io.winnow.jobs.bench.WorkloadResults;
import io.winnow.jobs.display.Figures;
import java.util.ArrayList;
import java.util.List;

/** What bench measured as a page. */
public final class BenchPage {
  private BenchPage() {}

  /** Returns the page as HTML. */
  public static String of(BenchResults results) {
    ChartData charts = new ChartData();
    List<BenchView> workloads = new ArrayList<>();
    for (WorkloadResults workload : results.workloads()) {
      workloads.add(BenchView.of(workload, charts));
    }
    String title = PageText.of(results.model().title());
    Content content = new Content(title, facts(results), workloads, contenders(results));
    return new Page("Speed of " + title, "bench", content, charts).render();
  }

  private static List<Fact> facts(BenchResults results) {
    return List.of(
        new Fact("Cores", Figures.count(results.cores())),
        new Fact("Rounds", Figures.count(results.rounds())),
        new Fact("Machine", PageText.of(results.machine().toString())),
        new Fact("Fingerprint", PageText.of(results.model().fingerprint())));
  }

  /** Returns what those are that took part. */
  private static List<Fact> contenders(BenchResults results) {
    return results.workloads().stream()
        .flatMap(workload -> workload.results().stream())
        .map(result -> result.contender())
        .distinct()
        .sorted()
        .map((ContenderKind contender) -> new Fact(contender.word(), contender.about()))
        .toList();
  }

  /** What the template shows. */
  private record Content(
      String title, List<Fact> facts, List<BenchView> workloads, List<Fact> contenders) {}
}
