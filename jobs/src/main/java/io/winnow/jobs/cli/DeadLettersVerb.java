package io.winnow.jobs.cli;

import io.winnow.jobs.display.Figures;
import io.winnow.jobs.display.LetterPrinter;
import io.winnow.jobs.display.Palette;
import io.winnow.jobs.display.TerminalWidth;
import io.winnow.jobs.kafka.MarksTopic;
import io.winnow.jobs.kafka.ReplayBroker;
import io.winnow.jobs.kafka.TopicCheck;
import io.winnow.jobs.pipeline.Pipeline;
import io.winnow.jobs.redrive.LetterGroup;
import io.winnow.jobs.redrive.LetterGroups;
import io.winnow.jobs.redrive.Marks;
import io.winnow.jobs.replay.Bounds;
import io.winnow.jobs.report.LetterReport;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Shows what could not be enriched, and why. */
@Command(
    name = "dead-letters",
    description = "Shows the dead letters of a pipeline by their reason, with examples.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "A bound is one of 'winnow replay'; times are those of the records.",
      "",
      "Examples:",
      "  winnow dead-letters pipeline.yaml",
      "  winnow dead-letters pipeline.yaml --reason text-too-long --from -7d"
    })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class DeadLettersVerb implements Callable<Integer> {
  private static final Duration PATIENCE = RunVerb.BROKER_PATIENCE;

  @Spec CommandSpec spec;

  @Mixin PipelineArgument argument;

  @Mixin LetterOptions letters;

  @Option(names = "--json", description = "Print one JSON object for each reason, a line each.")
  boolean json;

  @Override
  public Integer call() throws Exception {
    letters.check();
    Bounds bounds = Bounds.read(letters.from, letters.to, Instant.now());
    Pipeline pipeline = argument.loaded();
    try (ReplayBroker broker = ReplayBroker.connect(pipeline, PATIENCE)) {
      LetterTopic topic = new LetterTopic(pipeline, TopicCheck.of(pipeline, PATIENCE), broker);
      Marks marks = new MarksTopic(pipeline, broker, PATIENCE).read(FailureReport.warnings(spec));
      LetterGroups groups = new LetterGroups(pipeline.name(), letters.reasons, marks);
      topic.read(topic.ranges(bounds), groups::add);
      show(groups, topic.shown());
    }
    return 0;
  }

  private void show(LetterGroups groups, String topic) {
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    List<LetterGroup> found = groups.groups();
    if (found.isEmpty()) {
      boolean all = letters.reasons.isEmpty() && letters.from.equals("earliest");
      err.printf(
          "There are no%s dead letters in topic %s%n",
          all && letters.to.equals("now") ? "" : " such", topic);
    } else if (json) {
      found.forEach(group -> out.println(LetterReport.of(group)));
    } else {
      new LetterPrinter(out, Palette.of(Ansi.AUTO), TerminalWidth.columns()).print(found, topic);
    }
    if (groups.unreadable() > 0) {
      FailureReport.warnings(spec)
          .accept(
              "%s records of topic %s are no dead letters of Winnow, and left out"
                  .formatted(Figures.count(groups.unreadable()), topic));
    }
  }
}
