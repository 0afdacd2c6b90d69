package io.winnow.jobs.cli;

import io.winnow.operators.config.ConfigurationException;
import java.io.PrintWriter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** Tells a user what went wrong in words, and the log where. */
final class FailureReport implements IExecutionExceptionHandler {
  private static final Logger LOG = LoggerFactory.getLogger(FailureReport.class);

  @Override
  public int handleExecutionException(
      Exception failure, CommandLine command, ParseResult arguments) {
    PrintWriter err = command.getErr();
    if (failure instanceof ConfigurationException configuration) {
      configuration.problems().forEach(problem -> err.println(error(problem)));
      return ExitCode.USAGE;
    }
    LOG.debug("{} failed", command.getCommandName(), failure);
    err.println(error(deepest(failure)));
    return ExitCode.SOFTWARE;
  }

  private static String error(String message) {
    return Ansi.AUTO.enabled() ? "\u001b[31merror:\u001b[0m " + message : "error: " + message;
  }

  /** The cause says what happened; what wraps it, mostly that something did. */
  private static String deepest(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null && cause.getCause() != cause) {
      cause = cause.getCause();
    }
    String message = cause.getMessage();
    return message == null || message.isBlank() ? cause.toString() : message;
  }
}
