package io.winnow.jobs.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class BrokerAddressesTest {
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  @Test
  void addressesStandBetweenCommas() {
    assertThat(BrokerAddresses.parse("a:1,b:2 , SASL_SSL://c:3").addresses())
        .containsExactly("a:1", "b:2", "SASL_SSL://c:3");
  }

  @Test
  void closedPortsRefuse() throws Exception {
    String servers = "127.0.0.1:%1$d, PLAINTEXT://127.0.0.1:%1$d".formatted(closedPort());

    assertThat(BrokerAddresses.parse(servers).allRefuse(PATIENCE)).isTrue();
  }

  @Test
  void oneThatListensIsEnough() throws Exception {
    try (ServerSocket open = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String servers = "127.0.0.1:%d,127.0.0.1:%d".formatted(closedPort(), open.getLocalPort());

      assertThat(BrokerAddresses.parse(servers).allRefuse(PATIENCE)).isFalse();
    }
  }

  @Test
  void anUnknownHostIsNoRefusal() {
    assertThat(BrokerAddresses.parse("no.such.host.invalid:9092").allRefuse(PATIENCE)).isFalse();
  }

  private static int closedPort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
