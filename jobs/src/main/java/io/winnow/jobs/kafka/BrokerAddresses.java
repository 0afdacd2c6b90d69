package io.winnow.jobs.kafka;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.common.utils.Utils;

/**
 * The brokers that a pipeline file names.
 *
 * @param addresses host and port of each, as the file has them
 */
record BrokerAddresses(List<String> addresses) {
  BrokerAddresses {
    addresses = List.copyOf(addresses);
  }

  static BrokerAddresses parse(String servers) {
    return new BrokerAddresses(List.of(servers.split("\\s*,\\s*", -1)));
  }

  /**
   * Tells at once that nobody listens at any of them; Kafka's own client would go on trying.
   *
   * @param patience how long a connection may take
   */
  boolean allRefuse(Duration patience) {
    return addresses.stream().allMatch(address -> refuses(address, patience));
  }

  /** Only a refusal is sure; whatever else happens is Kafka's client to judge. */
  private static boolean refuses(String address, Duration patience) {
    String host = Utils.getHost(address);
    Integer port = Utils.getPort(address);
    if (host == null || port == null) {
      return false;
    }
    try {
      for (InetAddress found : InetAddress.getAllByName(host)) {
        if (!refuses(found, port, patience)) {
          return false;
        }
      }
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private static boolean refuses(InetAddress host, int port, Duration patience) throws IOException {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(host, port), (int) patience.toMillis());
      return false;
    } catch (ConnectException e) {
      return true;
    }
  }
}
