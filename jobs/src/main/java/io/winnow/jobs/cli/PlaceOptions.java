package io.winnow.jobs.cli;

import io.winnow.jobs.ClusterAddress;
import io.winnow.jobs.FlinkCluster;
import io.winnow.jobs.JobJar;
import io.winnow.jobs.replay.ClusterJob;
import io.winnow.jobs.replay.ReplayFolder;
import io.winnow.operators.config.ConfigurationException;
import java.io.IOException;
import java.util.Optional;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** Where a replay runs: in this process, on a cluster, or where Flink has put this program. */
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class PlaceOptions {
  @Mixin ClusterOptions cluster;

  @Option(
      names = "--detach",
      description = "End once the cluster has taken the job; 'winnow progress' looks at it.")
  boolean detach;

  @Option(
      names = "--checkpoint",
      paramLabel = "PATH",
      description =
          "With --resume, where a cluster has forgotten the job: the newest checkpoint that it"
              + " completed. Of an older one, records come twice.")
  @Nullable String checkpoint;

  @Option(
      names = "--ui-port",
      paramLabel = "PORT",
      converter = PortNumber.class,
      description = "Show Flink's web UI of a replay in this process there.")
  @Nullable Integer uiPort;

  /** Checks the options of a new replay. */
  void check(CommandSpec verb) {
    cluster.check(verb);
    if (checkpoint != null) {
      throw wrong(verb, "--checkpoint is for a replay that goes on; add --resume, or remove it");
    }
    check(verb, cluster.isGiven());
  }

  /** Returns the place of a new replay. */
  ReplayPlace place(CommandSpec verb) throws ConfigurationException, InterruptedException {
    if (cluster.isGiven()) {
      return new ClusterReplay(verb, cluster.found(), cluster.jar(), this);
    }
    StreamExecutionEnvironment environment = StreamExecutionEnvironment.getExecutionEnvironment();
    return ApplicationMode.isHosted(environment)
        ? new HostedReplay(verb, environment)
        : new ReplayExecution(verb, uiPort);
  }

  /** Returns the place of a replay that goes on: where it was before. */
  KeptPlace place(CommandSpec verb, ReplayFolder folder)
      throws ConfigurationException, IOException, InterruptedException {
    Optional<ClusterJob> job = folder.cluster();
    check(verb, job.isPresent());
    if (job.isEmpty()) {
      return new ReplayExecution(verb, uiPort);
    }
    FlinkCluster found =
        FlinkCluster.at(ClusterAddress.parse(job.get().cluster()), ClusterOptions.PATIENCE);
    JobJar jar = job.get().shipNatives() ? JobJar.WITH_NATIVES : JobJar.THIN;
    return new ClusterReplay(verb, found, jar, this);
  }

  private void check(CommandSpec verb, boolean onCluster) {
    if (onCluster && uiPort != null) {
      throw wrong(verb, "--ui-port is for a replay in this process; a cluster has its own web UI");
    }
    if (!onCluster && (detach || checkpoint != null)) {
      throw wrong(verb, "--detach and --checkpoint are for a replay on a cluster, of --cluster");
    }
  }

  private static ParameterException wrong(CommandSpec verb, String why) {
    return new ParameterException(verb.commandLine(), why);
  }
}
