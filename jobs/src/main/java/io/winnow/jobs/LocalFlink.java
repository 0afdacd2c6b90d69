package io.winnow.jobs;

import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.jspecify.annotations.Nullable;

/** Flink in this process. */
public final class LocalFlink {
  private LocalFlink() {}

  /**
   * Returns its settings.
   *
   * @param uiPort port of the web UI, on this machine only; null for any free one
   */
  public static Configuration configuration(@Nullable Integer uiPort) {
    Configuration configuration = new Configuration();
    configuration.set(RestOptions.BIND_ADDRESS, "localhost");
    configuration.set(RestOptions.ADDRESS, "localhost");
    if (uiPort == null) {
      configuration.set(RestOptions.BIND_PORT, "0");
    } else {
      configuration.set(RestOptions.PORT, uiPort);
      configuration.set(RestOptions.BIND_PORT, uiPort.toString());
    }
    return configuration;
  }

  /** Returns a cluster of one task manager, to be started and closed by its caller. */
  public static MiniCluster cluster(Configuration configuration, int slots) {
    return new MiniCluster(
        new MiniClusterConfiguration.Builder()
            .setConfiguration(configuration)
            .setNumTaskManagers(1)
            .setNumSlotsPerTaskManager(slots)
            .build());
  }
}
