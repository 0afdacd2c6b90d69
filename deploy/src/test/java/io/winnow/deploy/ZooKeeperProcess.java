package io.winnow.deploy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The ZooKeeper that Flink brings, in a process of its own. */
final class ZooKeeperProcess implements AutoCloseable {
  private static final String SERVER =
      "org.apache.flink.shaded.zookeeper3.org.apache.zookeeper.server.ZooKeeperServerMain";

  private final Process process;
  private final String address;

  private ZooKeeperProcess(Process process, String address) {
    this.process = process;
    this.address = address;
  }

  /** Starts one; its clients try again until it answers. */
  static ZooKeeperProcess start(Path folder) throws IOException {
    int port = JavaProcess.freePort();
    Path settings =
        Files.writeString(
            folder.resolve("zoo.cfg"),
            """
            dataDir=%s
            clientPort=%d
            clientPortAddress=localhost
            tickTime=500
            admin.enableServer=false
            """
                .formatted(folder.resolve("zookeeper"), port));
    Process process = JavaProcess.start(folder, SERVER, settings.toString());
    return new ZooKeeperProcess(process, "localhost:" + port);
  }

  String address() {
    return address;
  }

  @Override
  public void close() {
    Launcher.end(process);
  }
}
