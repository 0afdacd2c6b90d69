package io.winnow.jobs.cli;

import io.winnow.jobs.diff.TopicDiff;
import io.winnow.jobs.display.DiffPrinter;
import io.winnow.jobs.display.Palette;
import io.winnow.jobs.display.TerminalWidth;
import io.winnow.jobs.kafka.ClientOptions;
import io.winnow.jobs.pipeline.Pipeline;
import io.winnow.jobs.replay.Bound;
import io.winnow.jobs.replay.BoundReader;
import io.winnow.jobs.replay.Bounds;
import io.winnow.jobs.report.DiffJson;
import io.winnow.jobs.report.DiffPage;
import io.winnow.operators.config.ConfigurationException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows where two enriched topics differ. */
@Command(
    name = "diff",
    description = "Shows where two enriched topics say different things of the same records.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Records of both topics are joined by the position in the source that they were read from.",
      "The pipeline file tells the brokers, how to log in, and where the texts are; its models",
      "are not needed. A bound is earliest, now, a date (2026-01-31), a date-time with its zone",
      "(2026-01-31T12:00:00Z) or a time before now (-7d, -12h, -30m).",
      "",
      "Examples:",
      "  winnow diff pipeline.yaml messages.enriched messages.candidate",
      "  winnow diff pipeline.yaml messages.enriched messages.candidate --from -1d \\",
      "      --report diff.html"
    })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class DiffVerb implements Callable<Integer> {
  @Spec CommandSpec spec;

  @Parameters(index = "0", paramLabel = "PIPELINE", description = "The pipeline file.")
  Path file;

  @Parameters(index = "1", paramLabel = "TOPIC_A", description = "The one enriched topic.")
  String topicA;

  @Parameters(index = "2", paramLabel = "TOPIC_B", description = "The other enriched topic.")
  String topicB;

  @Option(
      names = "--from",
      paramLabel = "BOUND",
      defaultValue = "earliest",
      description = "Where to start in both topics; default: earliest.")
  String from;

  @Option(
      names = "--to",
      paramLabel = "BOUND",
      defaultValue = "now",
      description = "Where to end in both topics; default: now.")
  String to;

  @Option(names = "--json", description = "Print one JSON object.")
  boolean json;

  @Mixin ReportArgument report;

  @Override
  public Integer call() throws Exception {
    report.check();
    TopicDiff diff = diff();
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(DiffJson.line(diff));
    } else {
      new DiffPrinter(out, Palette.of(Ansi.AUTO), TerminalWidth.columns()).print(diff);
    }
    if (report.isAsked()) {
      report.write(DiffPage.of(diff));
    }
    return 0;
  }

  private TopicDiff diff() throws Exception {
    List<String> problems = new ArrayList<>();
    Instant now = Instant.now();
    Bound start = bound("--from", from, now, problems);
    Bound end = bound("--to", to, now, problems);
    if (!problems.isEmpty()) {
      throw new ConfigurationException(problems);
    }
    Pipeline pipeline = Pipeline.load(file);
    problems.addAll(ClientOptions.problems(pipeline));
    if (!problems.isEmpty()) {
      throw new ConfigurationException(problems);
    }
    Consumer<String> warnings = FailureReport.warnings(spec);
    return new DiffExecution(
            pipeline,
            new Bounds(start, end),
            message -> warnings.accept(pipeline.secrets().hide(message)))
        .run(topicA, topicB);
  }

  private static Bound bound(String option, String text, Instant now, List<String> problems) {
    try {
      Bound bound = new BoundReader(option, now).read(text);
      if (!(bound instanceof Bound.Offsets)) {
        return bound;
      }
      problems.add(option + ": expected a time, as two topics have no offsets in common");
    } catch (ConfigurationException e) {
      problems.addAll(e.problems());
    }
    return new Bound.Now();
  }
}
