package io.winnow.deploy;

import java.io.File;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/** A server of the local distribution's libraries in a process of its own. */
final class JavaProcess {
  private static final int FIRST_PORT = 20_000;
  private static final int PORTS = 12_000;

  /** The second compiler takes much of a short life, on the same cores as what is tested. */
  static final String COMPILER = "-XX:TieredStopAtLevel=1";

  private JavaProcess() {}

  /**
   * Starts a class.
   *
   * @param folder where what it prints is kept
   */
  static Process start(Path folder, String mainClass, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx512m");
    command.add(COMPILER);
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
  static int freePort() throws IOException {
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
}
