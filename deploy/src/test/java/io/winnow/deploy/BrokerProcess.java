package io.winnow.deploy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.Uuid;

/** Kafka's own server in a process of its own. */
final class BrokerProcess implements AutoCloseable {
  private final Process process;
  private final String servers;

  private BrokerProcess(Process process, String servers) {
    this.process = process;
    this.servers = servers;
  }

  /** Formats a folder and starts a broker on it. */
  static BrokerProcess start(Path folder) throws IOException, InterruptedException {
    int port = JavaProcess.freePort();
    int controllerPort = JavaProcess.freePort();
    Path settings =
        Files.writeString(
            folder.resolve("server.properties"),
            """
            process.roles=broker,controller
            node.id=1
            controller.quorum.voters=1@localhost:%2$d
            listeners=PLAINTEXT://localhost:%1$d,CONTROLLER://localhost:%2$d
            advertised.listeners=PLAINTEXT://localhost:%1$d
            controller.listener.names=CONTROLLER
            log.dirs=%3$s
            offsets.topic.replication.factor=1
            transaction.state.log.replication.factor=1
            transaction.state.log.min.isr=1
            group.initial.rebalance.delay.ms=0
            """
                .formatted(port, controllerPort, folder.resolve("data")));
    Process format =
        JavaProcess.start(
            folder,
            "kafka.tools.StorageTool",
            "format",
            "-t",
            Uuid.randomUuid().toString(),
            "-c",
            settings.toString());
    if (!format.waitFor(60, TimeUnit.SECONDS) || format.exitValue() != 0) {
      throw new IOException("The broker's folder cannot be formatted; see " + folder);
    }
    return new BrokerProcess(
        JavaProcess.start(folder, "kafka.Kafka", settings.toString()), "localhost:" + port);
  }

  String servers() {
    return servers;
  }

  @Override
  public void close() {
    Launcher.end(process);
  }
}
