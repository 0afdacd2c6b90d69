package io.winnow.jobs.cli;

import io.winnow.jobs.ClusterAddress;
import io.winnow.jobs.RemoteReplay;
import io.winnow.jobs.RemoteReplay.Sight;
import io.winnow.jobs.display.Palette;
import io.winnow.jobs.display.ReplayPrinter;
import io.winnow.jobs.replay.ClusterJob;
import io.winnow.jobs.replay.ReplayState;
import io.winnow.jobs.replay.Replays;
import io.winnow.jobs.report.ReplayReport;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Tells how far a replay is, wherever it runs. */
@Command(
    name = "progress",
    description = "Tells how far a replay is, in a process of this machine or on a cluster.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "What a cluster tells is up to 15 s old.",
      "Where it does not answer or has forgotten the job, what was known last is shown,",
      "and the exit status is 1.",
      "",
      "Example: winnow progress 20260131-120000-k3f9"
    })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class ProgressVerb implements Callable<Integer> {
  @Spec CommandSpec spec;

  @Parameters(paramLabel = "ID", description = "The replay's id; 'winnow replays' lists them.")
  String id;

  @Mixin ReplaysArgument argument;

  @Option(names = "--json", description = "Print one JSON object.")
  boolean json;

  @Override
  public Integer call() throws Exception {
    Replays replays = argument.replays();
    Replays.Entry known = replays.entry(id);
    ClusterJob job = known.job();
    if (job == null || job.ended() || known.progress().state() == ReplayState.FINISHED) {
      show(known);
      return 0;
    }
    Optional<Sight> sight = Optional.empty();
    String problem =
        "it does not know it: Flink forgets a job an hour after its end (jobstore.expiration-time), and all jobs when a job manager without high availability starts anew";
    try {
      sight =
          new RemoteReplay(ClusterAddress.parse(job.cluster()), ClusterOptions.PATIENCE)
              .look(job, known.progress());
    } catch (IOException e) {
      problem = String.valueOf(e.getMessage());
    }
    if (sight.isEmpty()) {
      show(known);
      throw new IllegalStateException(
          "Expected the cluster at %s to tell of job %s, but %s; what was known last is shown"
              .formatted(job.cluster(), job.id(), problem));
    }
    replays.keep(id, sight.get().job(), sight.get().progress());
    show(new Replays.Entry(known.plan(), sight.get().progress(), sight.get().job()));
    return 0;
  }

  private void show(Replays.Entry replay) {
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(ReplayReport.of(replay));
    } else {
      new ReplayPrinter(out, Palette.of(Ansi.AUTO)).print(replay);
    }
  }
}
