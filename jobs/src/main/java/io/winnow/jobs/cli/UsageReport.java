package io.winnow.jobs.cli;

import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Tells a user what is wrong with the arguments, and where their description is. */
record UsageReport(FailureReport failures) implements IParameterExceptionHandler {
  @Override
  public int handleParseException(ParameterException failure, String[] arguments) {
    CommandLine command = failure.getCommandLine();
    PrintWriter err = command.getErr();
    failures.tell(String.valueOf(failure.getMessage()), command);
    UnmatchedArgumentException.printSuggestions(failure, err);
    err.printf("See '%s --help'%n", command.getCommandSpec().qualifiedName());
    return ExitCode.USAGE;
  }
}
