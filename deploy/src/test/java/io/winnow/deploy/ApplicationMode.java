package io.winnow.deploy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.flink.container.entrypoint.StandaloneApplicationClusterEntryPoint;
import org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint;

/** A cluster whose job manager runs a verb itself, with ZooKeeper for its high availability. */
final class ApplicationMode {
  private ApplicationMode() {}

  /** Starts a cluster with a task manager of two slots, which is none of application mode yet. */
  static ClusterProcesses up(Path folder, ZooKeeperProcess zooKeeper)
      throws IOException, InterruptedException {
    // Beside this folder Flink finds the jar of the job.
    Map<String, String> lib = Map.of("FLINK_LIB_DIR", Launcher.FLINK.resolve("lib").toString());
    return ClusterProcesses.up(
        Launcher.cluster(folder).with(lib, List.of()),
        folder,
        1,
        2,
        "high-availability.type=zookeeper",
        "high-availability.zookeeper.quorum=" + zooKeeper.address(),
        "high-availability.zookeeper.client.session-timeout=3s",
        "high-availability.storageDir=file://" + folder.resolve("high-availability"));
  }

  /** Has a job manager that runs a verb take the place of the one before. */
  static void host(ClusterProcesses cluster, String... verb) throws Exception {
    Class<?> entryPoint = StandaloneApplicationClusterEntryPoint.class;
    Path jar = Path.of(entryPoint.getProtectionDomain().getCodeSource().getLocation().toURI());
    cluster.edit(
        ClusterProcesses.JOB_MANAGER,
        session -> {
          StringBuilder arguments =
              new StringBuilder(
                  session
                      .replace(
                          StandaloneSessionClusterEntrypoint.class.getName(), entryPoint.getName())
                      .replace("/lib/*", "/lib/*:" + jar));
          append(arguments, "--job-classname", "io.winnow.jobs.cli.Main");
          append(arguments, verb);
          return arguments.toString();
        });
    cluster.restart(ClusterProcesses.JOB_MANAGER);
  }

  private static void append(StringBuilder arguments, String... words) {
    for (String word : words) {
      arguments.append('"').append(word).append("\"\n");
    }
  }
}
