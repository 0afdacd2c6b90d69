package io.winnow.jobs.demo;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/**
 * Ports of the loopback address that the broker and its controller listen on.
 *
 * @param broker port for clients
 * @param controller port between broker and controller
 */
record ListenPorts(int broker, int controller) {
  static final String HOST = "127.0.0.1"; // "localhost" may mean ::1, where nobody listens

  /**
   * Finds free ports.
   *
   * @param port port for clients, or 0 for a free one
   * @throws BindException if that port is taken
   */
  static ListenPorts choose(int port) throws IOException {
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException(
          "--kafka-port must be from 0 (a free port) to 65535, but is " + port);
    }

    // Both are held until both are known, so that they differ.
    try (ServerSocket broker = listen(port);
        ServerSocket controller = listen(0)) {
      return new ListenPorts(broker.getLocalPort(), controller.getLocalPort());
    }
  }

  String bootstrapServers() {
    return HOST + ":" + broker;
  }

  private static ServerSocket listen(int port) throws IOException {
    ServerSocket socket = new ServerSocket();
    try {
      socket.bind(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port));
      return socket;
    } catch (BindException e) {
      socket.close();
      BindException taken =
          new BindException(
              "Port %d of %s is needed for Kafka, but cannot be had (%s); stop what listens there, or choose another with --kafka-port (0: any free one)"
                  .formatted(port, HOST, e.getMessage()));
      taken.initCause(e);
      throw taken;
    }
  }
}
