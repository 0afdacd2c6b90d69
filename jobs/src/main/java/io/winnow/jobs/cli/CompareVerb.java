package io.winnow.jobs.cli;

import io.winnow.jobs.display.ComparisonPrinter;
import io.winnow.jobs.display.Palette;
import io.winnow.jobs.display.Progress;
import io.winnow.jobs.display.TerminalWidth;
import io.winnow.jobs.evaluation.HeadComparison;
import io.winnow.jobs.evaluation.LabelledData;
import io.winnow.jobs.evaluation.Targets;
import io.winnow.jobs.evaluation.Unlabelled;
import io.winnow.jobs.report.ComparisonJson;
import io.winnow.jobs.report.ComparisonPage;
import io.winnow.jobs.trial.Candidate;
import io.winnow.jobs.trial.ComparisonTrial;
import io.winnow.jobs.trial.HeadPair;
import io.winnow.operators.config.ConfigurationException;
import io.winnow.operators.inference.InferenceException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows where two bundles disagree. */
@Command(
    name = "compare",
    description = "Shows where two model bundles disagree, and which of them is better.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "A data set is that of 'winnow evaluate'; lines with a text and nothing else are compared, too.",
      "Heads match by their names, or where both bundles have one.",
      "",
      "Examples:",
      "  winnow compare models/old models/new messages.jsonl",
      "  winnow compare models/old models/new messages.jsonl --report report.html"
    })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class CompareVerb implements Callable<Integer> {
  @Spec CommandSpec spec;

  @Parameters(index = "0", paramLabel = "MODEL_A", description = "Folder of the one bundle.")
  Path folderOfA;

  @Parameters(index = "1", paramLabel = "MODEL_B", description = "Folder of the other bundle.")
  Path folderOfB;

  @Parameters(index = "2", paramLabel = "DATASET", description = "File of JSON lines with texts.")
  Path file;

  @Mixin HeadArguments heads;

  @Option(names = "--json", description = "Print one JSON object for each head, a line each.")
  boolean json;

  @Mixin ReportArgument report;

  @Override
  public Integer call() throws Exception {
    report.check();
    Candidate a = Candidate.read(folderOfA, heads.options());
    Candidate b = Candidate.read(folderOfB, heads.options());
    List<HeadPair> pairs = HeadPair.match(a.targets(), b.targets(), heads.options().heads());
    Targets targets =
        Targets.choose(pairs.stream().map(HeadPair::target).toList(), heads.options().heads())
            .withOthers(HeadPair.unmatched(a.targets(), b.targets(), pairs));
    LabelledData data = LabelledData.load(file, Unlabelled.ALLOWED, targets);
    for (Candidate candidate : List.of(a, b)) {
      candidate.goldenMismatch().ifPresent(FailureReport.warnings(spec));
    }
    List<HeadComparison> comparisons = comparisons(new ComparisonTrial(a, b, pairs, data), data);
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      comparisons.forEach(comparison -> out.println(ComparisonJson.line(comparison)));
    } else {
      ComparisonPrinter printer =
          new ComparisonPrinter(out, Palette.of(Ansi.AUTO), TerminalWidth.columns());
      comparisons.forEach(printer::print);
    }
    writeReport(comparisons);
    return 0;
  }

  private static List<HeadComparison> comparisons(ComparisonTrial trial, LabelledData data)
      throws ConfigurationException, InferenceException {
    try (Progress progress = Progress.of("Comparing", data.size())) {
      return trial.run(progress::step);
    }
  }

  private void writeReport(List<HeadComparison> comparisons) throws IOException {
    if (report.isAsked()) {
      report.write(ComparisonPage.of(comparisons));
    }
  }
}
