package io.winnow.jobs.cli;

import io.winnow.jobs.ClusterAddress;
import io.winnow.jobs.FlinkCluster;
import io.winnow.jobs.JobJar;
import io.winnow.operators.config.ConfigurationException;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** The cluster that a job is given to. */
final class ClusterOptions {
  /** How long a cluster may take to answer. */
  static final Duration PATIENCE = Duration.ofSeconds(10);

  @Option(
      names = "--cluster",
      paramLabel = "HOST:PORT",
      converter = AddressOfCluster.class,
      description = "Submit the job to the Flink cluster with this REST endpoint.")
  @Nullable ClusterAddress address;

  @Option(
      names = "--ship-natives",
      description =
          "With --cluster: ship the native libraries with the job, as the cluster's lib/ lacks"
              + " them.")
  boolean shipNatives;

  void check(CommandSpec verb) {
    if (address == null && shipNatives) {
      throw new ParameterException(
          verb.commandLine(),
          "--ship-natives is for a run on a cluster; add --cluster, or remove it");
    }
  }

  /** Tells whether there is one. */
  boolean isGiven() {
    return address != null;
  }

  /** Finds the cluster that is given. */
  FlinkCluster found() throws ConfigurationException, InterruptedException {
    return FlinkCluster.at(Objects.requireNonNull(address), PATIENCE);
  }

  JobJar jar() {
    return shipNatives ? JobJar.WITH_NATIVES : JobJar.THIN;
  }
}
