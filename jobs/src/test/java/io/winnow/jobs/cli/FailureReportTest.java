package io.winnow.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.winnow.operators.config.ConfigurationException;
import io.winnow.operators.inference.InferenceException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.apache.flink.util.FlinkException;
import org.apache.flink.util.SerializedThrowable;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

class FailureReportTest {
  private final StringWriter err = new StringWriter();
  private final CommandLine command =
      new CommandLine(CommandSpec.create()).setErr(new PrintWriter(err, true));

  @Test
  void everyProblemOfAConfigurationIsALine() {
    int status = report(new ConfigurationException(List.of("first", "second")));

    assertThat(status).isEqualTo(2);
    assertThat(err.toString().lines()).containsExactly("error: first", "error: second");
  }

  @Test
  void aModelThatDoesNotRunIsAWrongConfiguration() {
    int status = report(new InferenceException("it refuses", null));

    assertThat(status).isEqualTo(2);
    assertThat(err.toString().lines()).containsExactly("error: it refuses");
  }

  @Test
  void whatFlinkWrapsAroundAFailureIsLeftOut() {
    int status =
        report(
            new ExecutionException(
                new FlinkException("Job failed", new IOException("Disk is full"))));

    assertThat(status).isEqualTo(1);
    assertThat(err.toString().lines()).containsExactly("error: Disk is full");
  }

  @Test
  void whatAClusterSaysIsReadToItsRoot() {
    Exception root = new IOException("Cannot find savepoint");
    Exception remote = new SerializedThrowable(new CompletionException(new RuntimeException(root)));

    report(new RuntimeException(new FlinkException("Could not start the JobMaster.", remote)));

    assertThat(err.toString().lines()).containsExactly("error: Cannot find savepoint");
  }

  @Test
  void whatOurMessageSaysOfACauseStays() {
    report(new IllegalStateException("Port 8081 is taken; choose another", new IOException("x")));

    assertThat(err.toString().lines()).containsExactly("error: Port 8081 is taken; choose another");
  }

  @Test
  void controlCharactersAreShownByTheirCode() {
    report(new IllegalStateException("found '\u001b[31m\u0000\u009b' \\"));

    assertThat(err.toString().lines())
        .containsExactly("error: found '\\u001b[31m\\u0000\\u009b' \\");
  }

  @Test
  void whoStopsAVerbIsToldSo() {
    report(new ExecutionException(new InterruptedException()));

    assertThat(err.toString().lines()).containsExactly("error: Stopped before it was done");
  }

  @Test
  void aFailureWithoutWordsIsNamed() {
    report(new NullPointerException());

    assertThat(err.toString().lines()).containsExactly("error: java.lang.NullPointerException");
  }

  @Test
  void aMissingLibraryIsAFailureToo() {
    int status =
        new FailureReport()
            .report(new ExceptionInInitializerError(new IOException("no libonnxruntime")), command);

    assertThat(status).isEqualTo(1);
    assertThat(err.toString().lines()).containsExactly("error: no libonnxruntime");
  }

  private int report(Exception failure) {
    return new FailureReport()
        .handleExecutionException(
            failure, command, CommandLine.ParseResult.builder(command.getCommandSpec()).build());
  }
}
