package io.winnow.deploy;

import java.io.File;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.Uuid;

/** Kafka's own server in a process of its own. */
final class BrokerProcess implements AutoCloseable {
  private static final int FIRST_PORT = 20_000;
  private static final int PORTS = 12_000;

  private final Process process;
  private final String servers;

  private BrokerProcess(Process process, String servers) {
    this.process = process;
    this.servers = servers;
  }

  /** Formats a folder and starts a broker on it. */
  static BrokerProcess start(Path folder) throws IOException, InterruptedException {
    int port = freePort();
    int controllerPort = freePort();
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
        java(
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
    return new BrokerProcess(java(folder, "kafka.Kafka", settings.toString()), "localhost:" + port);
  }

  String servers() {
    return servers;
  }

  private static Process java(Path folder, String mainClass, String... arguments)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx512m");
    command.add(
        "-Dlog4j2.configurationFile="
            + Launcher.ROOT.resolve("deploy/local/conf/log4j2.properties"));
    command.add("-cp");
    command.add(Launcher.ROOT.resolve("deploy/target/lib") + "/*");
    command.add(mainClass);
    command.addAll(List.of(arguments));
    File log = folder.resolve(mainClass + ".log").toFile();
    return new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log).start();
  }

  /** Returns one below those of outgoing connections, any of which might take it meanwhile. */
  private static int freePort() throws IOException {
    for (int i = 0; i < PORTS; i++) {
      int port = ThreadLocalRandom.current().nextInt(FIRST_PORT, FIRST_PORT + PORTS);
      if (isFree(port)) {
        return port;
      }
    }
    throw new IOException("No port is free from " + FIRST_PORT + " on");
  }

  private static boolean isFree(int port) throws IOException {
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return socket.isBound();
    } catch (BindException e) {
      return false;
    }
  }

  @Override
  public void close() {
    Launcher.end(process);
  }
}
