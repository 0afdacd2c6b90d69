package io.winnow.jobs.cli;

import io.winnow.jobs.FileFailure;
import io.winnow.operators.config.ConfigurationException;
import io.winnow.operators.inference.InferenceException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.apache.flink.util.SerializedThrowable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** Tells a user what went wrong in words, and the log where. */
final class FailureReport implements IExecutionExceptionHandler {
  /** What a terminal would obey, in a message that shows what a file holds. */
  private static final Pattern CONTROL = Pattern.compile("[\\p{Cc}&&[^\\r\\n\\t]]");

  private static final Logger LOG = LoggerFactory.getLogger(FailureReport.class);

  private final List<String> told = new ArrayList<>();

  @Override
  public int handleExecutionException(
      Exception failure, CommandLine command, ParseResult arguments) {
    if (failure instanceof ConfigurationException configuration) {
      configuration.problems().forEach(problem -> tell(problem, command));
      return ExitCode.USAGE;
    }
    int status = report(failure, command);
    return failure instanceof InferenceException ? ExitCode.USAGE : status; // a bundle's fault
  }

  /** Tells of a failure that is no user's. */
  int report(Throwable failure, CommandLine command) {
    LOG.debug("{} failed", command.getCommandName(), failure);
    tell(told(failure), command);
    return ExitCode.SOFTWARE;
  }

  /** Tells that standard output took less than it was given: its disk is full, or it is closed. */
  int lostOutput(CommandLine command) {
    tell("Standard output is full or closed; the rest is lost", command);
    return ExitCode.SOFTWARE;
  }

  /** Tells one thing that is wrong. */
  void tell(String problem, CommandLine command) {
    told.add(shown(problem));
    command.getErr().println(error(problem));
  }

  /** Returns all that was told. */
  String told() {
    return String.join("; ", told);
  }

  /** Returns a message as a line for people. */
  static String error(String message) {
    String shown = shown(message);
    return Ansi.AUTO.enabled() ? "\u001b[31merror:\u001b[0m " + shown : "error: " + shown;
  }

  private static String shown(String message) {
    return CONTROL.matcher(message).replaceAll(FailureReport::escape);
  }

  private static String escape(MatchResult control) {
    return "\\\\u%04x".formatted((int) control.group().charAt(0));
  }

  /** Returns what tells a verb's user of things that do not stop it. */
  static Consumer<String> warnings(CommandSpec verb) {
    String start = Ansi.AUTO.enabled() ? "\u001b[33mwarning:\u001b[0m " : "warning: ";
    return message -> verb.commandLine().getErr().println(start + shown(message));
  }

  /** What Flink wraps around a failure only says that there was one. */
  static String told(Throwable failure) {
    Throwable told = failure;
    while (told.getCause() != null && isWrapper(told)) {
      told = told.getCause();
    }
    if (told instanceof InterruptedException) {
      return "Stopped before it was done";
    }
    String message = FileFailure.message(told);
    return told instanceof SerializedThrowable remote // puts its class before it
        ? message.replace(remote.getOriginalErrorClassName() + ": ", "")
        : message;
  }

  private static boolean isWrapper(Throwable failure) {
    return failure instanceof ExecutionException
        || failure instanceof CompletionException
        || failure instanceof ExceptionInInitializerError
        || String.valueOf(failure.getCause()).equals(failure.getMessage())
        || failure.getClass().getName().startsWith("org.apache.flink.");
  }
}
