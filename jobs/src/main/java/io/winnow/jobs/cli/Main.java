package io.winnow.jobs.cli;

import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import org.apache.flink.client.program.ProgramAbortException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The entry point, on a command line as in a Flink cluster. */
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
      ReplayVerb.class,
      ReplaysVerb.class,
      ProgressVerb.class,
      DiffVerb.class,
      DeadLettersVerb.class,
      RedriveVerb.class,
      TryVerb.class,
      InspectVerb.class,
      SealVerb.class,
      EvaluateVerb.class,
      BenchVerb.class,
      CompareVerb.class,
      PlanVerb.class
    },
    exitCodeListHeading = "%nExit status:%n",
    exitCodeList = {"0:done", "1:failed while running", "2:wrong usage or configuration"},
    footer = {
      "",
      "Examples:",
      "  winnow demo --events 200                  the whole way, on this machine alone",
      "  winnow try deploy/models/support \"My card is lost\"",
      "  winnow run pipeline.yaml",
      "  winnow run pipeline.yaml --cluster localhost:8081"
    })
@SuppressWarnings("NullAway.Init") // picocli sets the field
public final class Main implements Callable<Integer> {
  /** System property that the launcher sets. */
  private static final String OWN_PROCESS = "winnow.own-process";

  private final InputStream in;

  @Spec CommandSpec spec;

  private Main(InputStream in) {
    this.in = in;
  }

  /** Runs a verb; ends the process with its status where the launcher started it. */
  public static void main(String[] arguments) {
    FailureReport failures = new FailureReport();
    int status =
        execute(
            failures,
            System.in,
            new PrintWriter(System.out, true, StandardCharsets.UTF_8),
            new PrintWriter(System.err, true, StandardCharsets.UTF_8),
            arguments);
    if (status != 0) {
      if (System.getProperty(OWN_PROCESS) == null) { // a cluster's, which must go on
        throw new IllegalStateException(
            "winnow ended with status %d: %s".formatted(status, failures.told()));
      }
      System.exit(status);
    }
  }

  /** Runs a verb and returns the exit status. */
  static int execute(InputStream in, PrintWriter out, PrintWriter err, String... arguments) {
    return execute(new FailureReport(), in, out, err, arguments);
  }

  private static int execute(
      FailureReport failures,
      InputStream in,
      PrintWriter out,
      PrintWriter err,
      String... arguments) {
    CommandLine command =
        commands(in)
            .setOut(out)
            .setErr(err)
            .setExecutionExceptionHandler(failures)
            .setParameterExceptionHandler(new UsageReport(failures))
            .setExpandAtFiles(false) // @FILE is a bound of a replay
            .setUsageHelpAutoWidth(true);
    try {
      int status = command.execute(arguments);
      return status == ExitCode.OK && out.checkError() ? failures.lostOutput(command) : status;
    } catch (ProgramAbortException e) { // Flink wanted the job's plan only, and has it
      throw e;
    } catch (Error e) { // picocli passes errors on, and so a stack trace to the user
      return failures.report(e, command);
    }
  }

  static CommandLine commands(InputStream in) {
    return new CommandLine(new Main(in));
  }

  /** Returns what the process is given to read. */
  InputStream in() {
    return in;
  }

  /** Shows the usage where no verb is given. */
  @Override
  public Integer call() {
    spec.commandLine().usage(spec.commandLine().getErr());
    return ExitCode.USAGE;
  }
}
