package io.winnow.jobs.cli;

import io.winnow.jobs.LocalFlink;
import io.winnow.jobs.RedriveWork;
import io.winnow.jobs.display.Palette;
import io.winnow.jobs.display.Progress;
import io.winnow.jobs.display.RedrivePrinter;
import io.winnow.jobs.kafka.MarksTopic;
import io.winnow.jobs.kafka.RedriveProducer;
import io.winnow.jobs.kafka.ReplayBroker;
import io.winnow.jobs.kafka.Topics;
import io.winnow.jobs.pipeline.Delivery;
import io.winnow.jobs.pipeline.Pipeline;
import io.winnow.jobs.pipeline.SinkOptions;
import io.winnow.jobs.redrive.RedriveOptions;
import io.winnow.jobs.redrive.RedrivePlan;
import io.winnow.jobs.redrive.RedriveResult;
import io.winnow.jobs.replay.Bounds;
import io.winnow.jobs.report.RedriveReport;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Sends dead letters back through the pipeline after a fix, each of them once. */
@Command(
    name = "redrive",
    description = "Sends dead letters back through the pipeline, once, and ends.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "What fails again becomes a dead letter again, with its number of attempts. After a kill or",
      "a failure, the same command goes on; nothing is lost or doubled.",
      "A bound is one of 'winnow replay'; times are those of the records.",
      "",
      "Examples:",
      "  winnow redrive pipeline.yaml --dry-run",
      "  winnow redrive pipeline.yaml --reason text-too-long --reason record-too-large"
    })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class RedriveVerb implements Callable<Integer> {
  private static final Duration PATIENCE = RunVerb.BROKER_PATIENCE;

  @Spec CommandSpec spec;

  @Mixin PipelineArgument argument;

  @Mixin LetterOptions letters;

  @Option(
      names = "--replay",
      paramLabel = "ID",
      description = "Those of a replay; default: those of the live job.")
  @Nullable String replay;

  @Option(
      names = "--parallelism",
      paramLabel = "N",
      description =
          "Subtasks of each enrichment that sets none in the pipeline; default: the cores of this"
              + " machine.")
  @Nullable Integer parallelism;

  @Option(names = "--dry-run", description = "Show what would be sent back, and do nothing.")
  boolean dryRun;

  @Option(
      names = "--state",
      paramLabel = "FOLDER",
      description =
          "Where records that kill the process are noted, unless the pipeline has a crash-journal;"
              + " default: ~/.winnow/redrives.")
  @Nullable Path state;

  @Option(
      names = "--json",
      description = "Print the summary, or with --dry-run the plan, as one JSON object.")
  boolean json;

  @Override
  public Integer call() throws Exception {
    letters.check();
    if (parallelism != null && parallelism < 1) {
      throw new ParameterException(
          spec.commandLine(), "Expected at least 1 with --parallelism, found " + parallelism);
    }
    Bounds bounds = Bounds.read(letters.from, letters.to, Instant.now());
    StreamExecutionEnvironment environment =
        OwnProcess.environment("a redrive", "start it with deploy/local/winnow");
    if (parallelism != null) {
      environment.setParallelism(parallelism);
    }
    environment.configure(LocalFlink.configuration(null));
    redrive(environment, exactlyOnce(argument.checked()), bounds);
    return 0;
  }

  /** Results and marks are one transaction, however the live job delivers. */
  private static Pipeline exactlyOnce(Pipeline pipeline) {
    SinkOptions sink = pipeline.sink();
    return pipeline.withSink(new SinkOptions(sink.topic(), sink.format(), Delivery.EXACTLY_ONCE));
  }

  private void redrive(StreamExecutionEnvironment environment, Pipeline pipeline, Bounds bounds)
      throws Exception {
    Topics topics = OnlineCheck.of(pipeline, PATIENCE);
    try (ReplayBroker broker = ReplayBroker.connect(pipeline, PATIENCE)) {
      MarksTopic marks = new MarksTopic(pipeline, broker, PATIENCE);
      RedrivePlanner planner =
          new RedrivePlanner(new LetterTopic(pipeline, topics, broker), marks, options(), bounds);
      if (dryRun) {
        show(planner.plan(FailureReport.warnings(spec)).plan());
        return;
      }
      marks.create();
      // Before the marks are read: from here on nobody else writes any.
      try (RedriveProducer producer = RedriveProducer.open(pipeline, topics)) {
        RedrivePlanner.Planned planned = planner.plan(FailureReport.warnings(spec));
        show(planned.plan());
        summarize(planned.plan(), work(environment, pipeline, topics, planned, producer));
      }
    }
  }

  private RedriveOptions options() {
    return new RedriveOptions(letters.from, letters.to, letters.reasons, replay);
  }

  private RedriveResult work(
      StreamExecutionEnvironment environment,
      Pipeline pipeline,
      Topics topics,
      RedrivePlanner.Planned planned,
      RedriveProducer producer)
      throws Exception {
    if (planned.selection().size() == 0) {
      if (planned.plan().resumed()) {
        producer.write(planned.run().end());
      }
      return RedriveResult.NONE;
    }
    producer.write(planned.run());
    try (Progress progress = Progress.of("redrive", planned.selection().size())) {
      RedriveResult result =
          RedriveWork.execute(
              environment,
              pipeline,
              topics,
              planned.selection(),
              planned.run(),
              producer,
              stateFolder().toAbsolutePath().toUri(),
              progress::step);
      producer.write(planned.run().end());
      return result;
    } catch (ExecutionException e) {
      throw new IllegalStateException(
          FailureReport.told(e) + "; what was sent back is kept, the same command goes on", e);
    }
  }

  private Path stateFolder() {
    return state == null ? Path.of(System.getProperty("user.home"), ".winnow", "redrives") : state;
  }

  /** The plan is the result of a dry run, and else a word on the way. */
  private void show(RedrivePlan plan) {
    if (dryRun && json) {
      spec.commandLine().getOut().println(RedriveReport.of(plan));
      return;
    }
    PrintWriter writer = dryRun ? spec.commandLine().getOut() : spec.commandLine().getErr();
    new RedrivePrinter(writer, Palette.of(Ansi.AUTO)).print(plan);
  }

  private void summarize(RedrivePlan plan, RedriveResult result) {
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(RedriveReport.of(plan, result));
    } else if (plan.sent() == 0) {
      out.println("Nothing to send back");
    } else {
      new RedrivePrinter(out, Palette.of(Ansi.AUTO)).print(result);
    }
  }
}
