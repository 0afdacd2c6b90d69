package io.winnow.jobs.cli;

import io.winnow.jobs.bench.BenchResults;
import io.winnow.jobs.bench.ContenderKind;
import io.winnow.jobs.bench.WorkloadKind;
import io.winnow.jobs.bench.contender.Bench;
import io.winnow.jobs.bench.contender.BenchPlan;
import io.winnow.jobs.display.BenchPrinter;
import io.winnow.jobs.display.Palette;
import io.winnow.jobs.display.Progress;
import io.winnow.jobs.report.BenchJson;
import io.winnow.jobs.report.BenchPage;
import io.winnow.operators.config.ConfigurationException;
import io.winnow.operators.model.BundleReader;
import io.winnow.operators.model.HeadOptions;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Measures a bundle's speed on this machine. */
@Command(
    name = "bench",
    description =
        "Measures how fast a model bundle is on this machine's cores: in a pipeline, against the bare"
            + " runtime and against what else could be built.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "All contenders run in turn in each round, so that a machine that slows down slows all of them.",
      "With everything it takes half an hour on two cores; nothing else should run meanwhile.",
      "To tell apart what differs by a few percent, take longer rounds: --seconds 5.",
      "",
      "Examples:",
      "  winnow bench deploy/models/support --report bench.html",
      "  winnow bench deploy/models/support --texts texts.txt --workload own",
      "  winnow bench deploy/models/support --contender bare --contender pipeline --seconds 10"
    })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class BenchVerb implements Callable<Integer> {
  private static final double LONGEST_SECONDS = 600;

  @Spec CommandSpec spec;

  @Parameters(paramLabel = "MODEL", description = "Folder of the bundle.")
  Path folder;

  @Option(
      names = "--texts",
      paramLabel = "FILE",
      description = "Texts of the workload own, one a line.")
  @Nullable Path texts;

  @Option(
      names = "--workload",
      paramLabel = "WORKLOAD",
      converter = WorkloadWord.class,
      completionCandidates = WorkloadWord.class,
      description = "Measure this one only: ${COMPLETION-CANDIDATES}; repeatable.")
  List<WorkloadKind> workloads = List.of();

  @Option(
      names = "--contender",
      paramLabel = "CONTENDER",
      converter = ContenderWord.class,
      completionCandidates = ContenderWord.class,
      description = "Measure this one only: ${COMPLETION-CANDIDATES}; repeatable.")
  List<ContenderKind> contenders = List.of();

  @Option(
      names = "--rounds",
      paramLabel = "N",
      defaultValue = "5",
      description = "Rounds of each contender, of which the medians are told; default: 5.")
  int rounds;

  @Option(
      names = "--seconds",
      paramLabel = "S",
      defaultValue = "1.5",
      description = "About how long a contender works in a round; default: 1.5.")
  double seconds;

  @Option(
      names = "--json",
      description = "Print one JSON object for each contender and workload, a line each.")
  boolean json;

  @Mixin ReportArgument report;

  @Override
  public Integer call() throws Exception {
    report.check();
    BenchPlan plan = plan();
    BenchResults results = OrderlyEnd.of(Thread.currentThread()::interrupt, () -> measured(plan));
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      BenchJson.lines(results).forEach(out::println);
    } else {
      new BenchPrinter(out, Palette.of(Ansi.AUTO)).print(results);
    }
    if (report.isAsked()) {
      report.write(BenchPage.of(results));
    }
    results.failures().forEach(FailureReport.warnings(spec));
    return results.failures().isEmpty() ? 0 : 1;
  }

  private static BenchResults measured(BenchPlan plan) throws Exception {
    try (Progress progress = Progress.of("Measuring", plan.steps())) {
      return new Bench(plan, progress::step).run();
    }
  }

  private BenchPlan plan() throws ConfigurationException {
    if (rounds < 1) {
      throw wrong("Expected at least 1 round with --rounds, found " + rounds);
    }
    if (!(seconds > 0 && seconds <= LONGEST_SECONDS)) { // NaN is neither
      throw wrong("Expected a number above 0, up to 600, with --seconds, found " + seconds);
    }
    return new BenchPlan(
        folder.toAbsolutePath().normalize(),
        chosenWorkloads(),
        contenders.isEmpty() ? allContenders() : Set.copyOf(contenders),
        Optional.ofNullable(texts),
        rounds,
        Duration.ofMillis(Math.max(1, Math.round(seconds * 1e3))),
        Runtime.getRuntime().availableProcessors());
  }

  private Set<ContenderKind> allContenders() throws ConfigurationException {
    boolean maySort = BundleReader.read(folder, HeadOptions.NONE).isBatchInvariant();
    return maySort
        ? EnumSet.allOf(ContenderKind.class)
        : EnumSet.complementOf(EnumSet.of(ContenderKind.OPERATOR_SORTED));
  }

  private Set<WorkloadKind> chosenWorkloads() {
    if (workloads.isEmpty()) {
      return texts == null
          ? EnumSet.complementOf(EnumSet.of(WorkloadKind.OWN))
          : EnumSet.allOf(WorkloadKind.class);
    }
    if (texts == null && workloads.contains(WorkloadKind.OWN)) {
      throw wrong("The workload own is of your texts; add --texts FILE");
    }
    if (texts != null && !workloads.contains(WorkloadKind.OWN)) {
      throw wrong("--texts is for the workload own; add --workload own, or remove --texts");
    }
    return Set.copyOf(workloads);
  }

  private ParameterException wrong(String why) {
    return new ParameterException(spec.commandLine(), why);
  }
}
