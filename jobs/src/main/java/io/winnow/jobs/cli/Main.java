package io.winnow.jobs.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The entry point, on a command line as in {@code flink run winnow-jobs.jar VERB ...}. */
@Command(
    name = "winnow",
    description = "Enriches text events while they stream, with small language models on the CPU.",
    synopsisSubcommandLabel = "VERB",
    commandListHeading = "%nVerbs:%n",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    subcommands = {
      DemoVerb.class,
      ValidateVerb.class,
      RunVerb.class,
      TryVerb.class,
      InspectVerb.class
    },
    exitCodeListHeading = "%nExit status:%n",
    exitCodeList = {"0:done", "1:failed while running", "2:wrong usage or configuration"},
    footer = {
      "",
      "Examples:",
      "  winnow demo --events 200                  the whole way, on this machine alone",
      "  winnow try deploy/models/support \"My card is lost\"",
      "  winnow run pipeline.yaml"
    })
public final class Main {
  private Main() {}

  /** Runs a verb. A status of 0 does not end the process, which may be a cluster's. */
  public static void main(String[] arguments) {
    int status =
        execute(
            new PrintWriter(System.out, true, StandardCharsets.UTF_8),
            new PrintWriter(System.err, true, StandardCharsets.UTF_8),
            arguments);
    if (status != 0) {
      System.exit(status);
    }
  }

  /** Runs a verb and returns the exit status. */
  static int execute(PrintWriter out, PrintWriter err, String... arguments) {
    return new CommandLine(new Main())
        .setOut(out)
        .setErr(err)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setExecutionExceptionHandler(new FailureReport())
        .setUsageHelpAutoWidth(true)
        .execute(arguments);
  }
}
