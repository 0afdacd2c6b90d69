package io.winnow.jobs.cli;

import io.winnow.jobs.display.Palette;
import io.winnow.jobs.display.ReplayPrinter;
import io.winnow.jobs.replay.Replays;
import io.winnow.jobs.report.ReplayReport;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Lists the replays that this machine knows of. */
@Command(
    name = "replays",
    description = "Lists the replays that were started on this machine, and how far they came.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Of one on a cluster it shows what was seen last; 'winnow progress ID' looks at it.",
      "",
      "Example: winnow replays"
    })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class ReplaysVerb implements Callable<Integer> {
  @Spec CommandSpec spec;

  @Mixin ReplaysArgument argument;

  @Option(names = "--json", description = "Print one JSON object for each replay, a line each.")
  boolean json;

  @Override
  public Integer call() throws Exception {
    List<Replays.Entry> replays = argument.replays().list();
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      replays.forEach(replay -> out.println(ReplayReport.of(replay)));
    } else if (replays.isEmpty()) {
      spec.commandLine().getErr().println("There are no replays in " + argument.replays().root());
    } else {
      new ReplayPrinter(out, Palette.of(Ansi.AUTO)).print(replays);
    }
    return 0;
  }
}
