package io.winnow.jobs.cli;

import io.winnow.jobs.EnrichmentJob;
import io.winnow.jobs.FlinkCluster;
import io.winnow.jobs.LocalFlink;
import io.winnow.jobs.LocalState;
import io.winnow.jobs.kafka.Topics;
import io.winnow.jobs.pipeline.Pipeline;
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
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Enriches a topic until it is stopped: in this process, or on the cluster it is submitted to. */
@Command(
    name = "run",
    description = "Enriches the pipeline's topic continuously, until it is stopped.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "It runs in this process, and goes on from where it was stopped or killed. With --cluster it",
      "runs there instead, and this command ends once the job is submitted.",
      "",
      "Examples:",
      "  winnow run pipeline.yaml --ui-port 8081",
      "  winnow run pipeline.yaml --cluster localhost:8081 --parallelism 4"
    })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class RunVerb implements Callable<Integer> {
  static final Duration BROKER_PATIENCE = Duration.ofSeconds(10);
  private static final String ON_CLUSTER = "it runs on the cluster until it is cancelled";

  @Spec CommandSpec spec;

  @Mixin PipelineArgument argument;

  @Mixin StartOptions start;

  @Mixin ClusterOptions cluster;

  @Option(
      names = "--state",
      paramLabel = "FOLDER",
      description =
          "Where a run in this process keeps its checkpoints; default:"
              + " ~/.winnow/NAME/CLUSTER/TOPIC.")
  @Nullable Path state;

  @Option(
      names = "--ui-port",
      paramLabel = "PORT",
      converter = PortNumber.class,
      description = "Show Flink's web UI of a run in this process there.")
  @Nullable Integer uiPort;

  @Override
  public Integer call() throws Exception {
    checkOptions();
    if (cluster.isGiven()) {
      submit(argument.checked(), cluster.found());
    } else {
      runHere();
    }
    return 0;
  }

  /** Runs in this process, or where Flink's own command line has put this class. */
  private void runHere() throws Exception {
    StreamExecutionEnvironment environment = StreamExecutionEnvironment.getExecutionEnvironment();
    if (!(environment instanceof LocalStreamEnvironment)) {
      requireNoLocalOptions("on a cluster");
    }
    Pipeline pipeline = ApplicationMode.answer(environment, argument::checked);
    Topics topics =
        ApplicationMode.answer(environment, () -> OnlineCheck.of(pipeline, BROKER_PATIENCE));
    if (environment instanceof LocalStreamEnvironment) { // on a cluster, its settings hold
      environment.configure(LocalState.configuration(stateFolder(pipeline, topics)));
      environment.configure(LocalFlink.configuration(uiPort));
    }
    start.configure(environment);
    EnrichmentJob.build(environment, pipeline, topics);
    announce(
        pipeline,
        environment instanceof LocalStreamEnvironment
            ? "Ctrl-C stops, the next start goes on from there"
            : ON_CLUSTER);
    environment.execute();
  }

  private void submit(Pipeline pipeline, FlinkCluster found) throws Exception {
    Topics topics = OnlineCheck.of(pipeline, BROKER_PATIENCE);
    StreamExecutionEnvironment environment = found.environment(cluster.jar().path());
    environment.configure(found.chosen(BROKER_PATIENCE));
    start.configure(environment);
    EnrichmentJob.build(environment, pipeline, topics);
    Submission submission = new Submission(found, spec, environment);
    submission.submit();
    submission.show(spec.commandLine().getOut());
    announce(pipeline, ON_CLUSTER);
  }

  private void checkOptions() {
    start.check();
    cluster.check(spec);
    if (cluster.isGiven()) {
      requireNoLocalOptions("with --cluster");
    }
  }

  private void requireNoLocalOptions(String where) {
    if (state != null) {
      throw wrong("--state is for a run in this process; " + where + " the cluster keeps it");
    }
    if (uiPort != null) {
      throw wrong(
          "--ui-port is for a run in this process; " + where + " the cluster has its own web UI");
    }
  }

  private ParameterException wrong(String why) {
    return new ParameterException(spec.commandLine(), why);
  }

  private void announce(Pipeline pipeline, String ending) {
    String topics =
        "Enriching %s to %s, dead letters to %s"
            .formatted(
                pipeline.source().topic(), pipeline.sink().topic(), pipeline.deadLetters().topic());
    spec.commandLine().getErr().printf("%s; %s%n", pipeline.secrets().hide(topics), ending);
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
