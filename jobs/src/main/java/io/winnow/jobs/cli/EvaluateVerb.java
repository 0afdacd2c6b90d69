package io.winnow.jobs.cli;

import io.winnow.jobs.display.EvaluationPrinter;
import io.winnow.jobs.display.Palette;
import io.winnow.jobs.display.Progress;
import io.winnow.jobs.evaluation.Evaluation;
import io.winnow.jobs.evaluation.LabelledData;
import io.winnow.jobs.evaluation.Rejection;
import io.winnow.jobs.evaluation.Targets;
import io.winnow.jobs.evaluation.Unlabelled;
import io.winnow.jobs.report.EvaluationJson;
import io.winnow.jobs.report.EvaluationPage;
import io.winnow.jobs.trial.Candidate;
import io.winnow.jobs.trial.EvaluationTrial;
import io.winnow.operators.config.ConfigurationException;
import io.winnow.operators.inference.InferenceException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Measures a bundle on labelled data. */
@Command(
    name = "evaluate",
    description = "Measures how good and how fast a model bundle is on labelled texts.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "A data set has one JSON object a line, with a text and what is right:",
      "  {\"text\": \"My card is lost\", \"label\": \"lost_or_stolen_card\"}",
      "  {\"text\": \"Thanks, I love it\", \"labels\": [\"gratitude\", \"love\"]}",
      "  {\"text\": \"I live in Leeds\", \"spans\": [{\"label\": \"LOC\", \"start\": 10, \"end\": 15}]}",
      "Offsets count UTF-16 code units. A field \"head\" names the head that a line is about.",
      "",
      "Examples:",
      "  winnow evaluate deploy/models/support messages.jsonl",
      "  winnow evaluate deploy/models/support messages.jsonl --report report.html"
    })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class EvaluateVerb implements Callable<Integer> {
  @Spec CommandSpec spec;

  @Parameters(index = "0", paramLabel = "MODEL", description = "Folder of the bundle.")
  Path folder;

  @Parameters(index = "1", paramLabel = "DATASET", description = "File of labelled JSON lines.")
  Path file;

  @Mixin HeadArguments heads;

  @Option(
      names = "--reject",
      paramLabel = "LABEL",
      description = "Label of texts that fit no other one; default: out_of_scope or oos.")
  @Nullable String reject;

  @Option(names = "--json", description = "Print one JSON object for each head, a line each.")
  boolean json;

  @Mixin ReportArgument report;

  @Override
  public Integer call() throws Exception {
    report.check();
    Candidate candidate = Candidate.read(folder, heads.options());
    Targets targets = Targets.choose(candidate.targets(), heads.options().heads());
    LabelledData data = LabelledData.load(file, Unlabelled.REFUSED, targets);
    Rejection.check(data, Optional.ofNullable(reject));
    candidate.goldenMismatch().ifPresent(FailureReport.warnings(spec));
    List<Evaluation> evaluations = evaluations(candidate, data);
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      evaluations.forEach(evaluation -> out.println(EvaluationJson.line(evaluation)));
    } else {
      EvaluationPrinter printer = new EvaluationPrinter(out, Palette.of(Ansi.AUTO));
      evaluations.forEach(printer::print);
    }
    writeReport(evaluations);
    return 0;
  }

  private List<Evaluation> evaluations(Candidate candidate, LabelledData data)
      throws ConfigurationException, InferenceException {
    EvaluationTrial trial = new EvaluationTrial(candidate, data, Optional.ofNullable(reject));
    try (Progress progress = Progress.of("Evaluating", data.size())) {
      return trial.run(progress::step);
    }
  }

  private void writeReport(List<Evaluation> evaluations) throws IOException {
    if (report.isAsked()) {
      report.write(EvaluationPage.of(evaluations));
    }
  }
}
