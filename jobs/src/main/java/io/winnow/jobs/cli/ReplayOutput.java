package io.winnow.jobs.cli;

import io.winnow.jobs.ClusterAddress;
import io.winnow.jobs.display.Figures;
import io.winnow.jobs.display.Palette;
import io.winnow.jobs.display.ReplayPrinter;
import io.winnow.jobs.pipeline.Pipeline;
import io.winnow.jobs.replay.ClusterJob;
import io.winnow.jobs.replay.ReplayFolder;
import io.winnow.jobs.replay.ReplayPlan;
import io.winnow.jobs.replay.ReplayProgress;
import io.winnow.jobs.replay.ReplayState;
import io.winnow.jobs.report.ReplayReport;
import io.winnow.jobs.stale.StaleCounts;
import io.winnow.jobs.tally.Tallies;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;

/** What a replay tells its user. */
record ReplayOutput(CommandSpec verb, boolean json) {

  /** Shows a plan that is the result of a dry run. */
  void result(ReplayPlanner.Planned planned, @Nullable StaleCounts stale) {
    if (json) {
      out().println(ReplayReport.plan(planned.plan(), output(planned.pipeline()), stale));
    } else {
      print(out(), planned, stale);
    }
  }

  /** Shows a plan that is going to be followed. */
  void announce(ReplayPlanner.Planned planned, @Nullable StaleCounts stale) {
    print(verb.commandLine().getErr(), planned, stale);
  }

  private static void print(
      PrintWriter writer, ReplayPlanner.Planned planned, @Nullable StaleCounts stale) {
    Pipeline pipeline = planned.pipeline();
    String deadLetters = pipeline.secrets().hide(pipeline.deadLetters().topic());
    printer(writer).print(planned.plan(), output(pipeline), deadLetters, stale);
  }

  private static String output(Pipeline pipeline) {
    return pipeline.secrets().hide(pipeline.sink().topic());
  }

  void nothingToDo(ReplayPlan plan, StaleCounts counts) {
    verb.commandLine()
        .getErr()
        .printf(
            "Nothing is stale that could be enriched again, of %s in %s%n",
            Figures.count(counts.records(), "record"), plan.range().topic());
    if (json) {
      Tallies tallies = new Tallies(counts.records(), 0, 0, 0);
      ReplayProgress end = new ReplayProgress(ReplayState.FINISHED, tallies, 0, false);
      out().println(ReplayReport.progress(plan, end));
    }
  }

  /** Shows what a replay did, or where it goes on without this process. */
  void show(ReplayFolder folder, Optional<ReplayProgress> end) throws IOException {
    if (end.isEmpty()) {
      show(folder.plan(), folder.cluster().orElseThrow());
    } else {
      show(folder.plan(), end.get());
    }
  }

  /** Shows what a replay did. */
  void show(ReplayPlan plan, ReplayProgress end) {
    if (json) {
      out().println(ReplayReport.progress(plan, end));
    } else {
      printer(out()).print(plan, end);
    }
  }

  private void show(ReplayPlan plan, ClusterJob job) {
    URI ui = ClusterAddress.parse(job.cluster()).ui(job.id());
    if (json) {
      out().println(ReplayReport.job(plan, job, ui));
    } else {
      printer(out()).print(plan.id(), job, ui);
    }
  }

  private PrintWriter out() {
    return verb.commandLine().getOut();
  }

  private static ReplayPrinter printer(PrintWriter writer) {
    return new ReplayPrinter(writer, Palette.of(Ansi.AUTO));
  }
}
