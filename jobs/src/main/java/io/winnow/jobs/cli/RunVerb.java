package io.winnow.jobs.cli;

import io.winnow.jobs.EnrichmentJob;
import io.winnow.jobs.LocalFlink;
import io.winnow.jobs.LocalState;
import io.winnow.jobs.kafka.Topics;
import io.winnow.jobs.pipeline.Pipeline;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.apache.flink.streaming.api.environment.LocalStreamEnvironment;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Enriches a topic until it is stopped: in this process, or on the cluster it is submitted to. */
@Command(
    name = "run",
    description = "Enriches the pipeline's topic continuously, until it is stopped.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "It runs in this process, and goes on from where it was stopped or killed.",
      "",
      "Example: winnow run pipeline.yaml --ui-port 8081"
    })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class RunVerb implements Callable<Integer> {
  static final Duration BROKER_PATIENCE = Duration.ofSeconds(10);

  @Spec CommandSpec spec;

  @Mixin PipelineArgument argument;

  @Option(
      names = "--state",
      paramLabel = "FOLDER",
      description =
          "Where a local run keeps its checkpoints; default: ~/.winnow/NAME/CLUSTER/TOPIC.")
  @Nullable Path state;

  @Option(
      names = "--ui-port",
      paramLabel = "PORT",
      converter = PortNumber.class,
      description = "Show Flink's web UI there.")
  @Nullable Integer uiPort;

  @Override
  public Integer call() throws Exception {
    Pipeline pipeline = argument.checked();
    Topics topics = OnlineCheck.of(pipeline, BROKER_PATIENCE);
    StreamExecutionEnvironment environment = environment(pipeline, topics);
    EnrichmentJob.build(environment, pipeline, topics);
    announce(pipeline);
    environment.execute();
    return 0;
  }

  private void announce(Pipeline pipeline) {
    String topics =
        "Enriching %s to %s, dead letters to %s"
            .formatted(
                pipeline.source().topic(), pipeline.sink().topic(), pipeline.deadLetters().topic());
    spec.commandLine()
        .getErr()
        .printf(
            "%s; Ctrl-C stops, the next start goes on from there%n",
            pipeline.secrets().hide(topics));
  }

  private StreamExecutionEnvironment environment(Pipeline pipeline, Topics topics)
      throws IOException {
    StreamExecutionEnvironment environment = StreamExecutionEnvironment.getExecutionEnvironment();
    if (environment instanceof LocalStreamEnvironment) { // on a cluster, its settings hold
      environment.configure(LocalState.configuration(stateFolder(pipeline, topics)));
      environment.configure(LocalFlink.configuration(uiPort));
    }
    return environment;
  }

  /** Offsets mean something in one topic of one cluster only. */
  private Path stateFolder(Pipeline pipeline, Topics topics) {
    return state == null
        ? Path.of(
            System.getProperty("user.home"),
            ".winnow",
            pipeline.name(),
            topics.clusterId(),
            pipeline.source().topic())
        : state;
  }
}
