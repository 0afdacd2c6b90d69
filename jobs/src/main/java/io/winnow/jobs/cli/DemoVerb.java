package io.winnow.jobs.cli;

import io.winnow.jobs.demo.Demo;
import io.winnow.jobs.display.Palette;
import io.winnow.jobs.display.TerminalWidth;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Shows the whole way on this machine. */
@Command(
    name = "demo",
    description =
        "Starts an embedded Kafka and Flink, publishes sample events, runs the shipped pipeline"
            + " and shows what comes out.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Without --events it goes on until Ctrl-C and enriches what other terminals produce.",
      "",
      "Examples:",
      "  winnow demo --events 200",
      "  winnow demo --kafka-port 19092 --ui-port 18081"
    })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class DemoVerb implements Callable<Integer> {
  @Spec CommandSpec spec;

  @Option(names = "--events", paramLabel = "N", description = "End after N events, with a summary.")
  @Nullable Integer events;

  @Option(
      names = "--kafka-port",
      paramLabel = "PORT",
      defaultValue = "9092",
      converter = PortNumber.class,
      description = "Port of the broker; default: ${DEFAULT-VALUE}.")
  int kafkaPort;

  @Option(
      names = "--ui-port",
      paramLabel = "PORT",
      defaultValue = "8081",
      converter = PortNumber.class,
      description = "Port of Flink's web UI; default: ${DEFAULT-VALUE}.")
  int uiPort;

  @Override
  public Integer call() throws Exception {
    if (events != null && events < 1) {
      throw new ParameterException(
          spec.commandLine(), "Expected at least 1 event with --events, found " + events);
    }
    Demo demo =
        new Demo(
            pipelineFile(),
            events == null ? OptionalInt.empty() : OptionalInt.of(events),
            kafkaPort,
            uiPort,
            spec.commandLine().getOut(),
            FailureReport.warnings(spec),
            Palette.of(Ansi.AUTO),
            TerminalWidth.columns());
    return OrderlyEnd.of(
        demo::stop,
        () -> {
          demo.run();
          return 0;
        });
  }

  private static Path pipelineFile() {
    String home = Optional.ofNullable(System.getenv("WINNOW_HOME")).orElse("");
    return Path.of(home, "deploy", "local", "demo.yaml");
  }
}
