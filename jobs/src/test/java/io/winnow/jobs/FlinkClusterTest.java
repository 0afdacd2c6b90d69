package io.winnow.jobs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpServer;
import io.winnow.operators.config.ConfigurationException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import org.apache.flink.api.common.JobID;
import org.apache.flink.runtime.util.EnvironmentInformation;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FlinkClusterTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private HttpServer server;

  @BeforeEach
  void listen() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void aClusterTellsItsFreeSlots() throws Exception {
    overview("{\"slots-total\": 8, \"slots-available\": 3, \"flink-version\": \"%s\"}", flink());

    FlinkCluster cluster = FlinkCluster.at(address(), PATIENCE);

    assertThat(cluster).isEqualTo(new FlinkCluster(address(), 3));
    assertThat(cluster.ui(new JobID(1, 2)))
        .hasToString(
            "http://%s/#/job/running/00000000000000010000000000000002/overview", address());
  }

  @Test
  void anotherReleaseOfFlinkIsRefused() {
    overview("{\"slots-available\": 3, \"flink-version\": \"%s\"}", "1.20.1");

    assertRefused("expected Flink " + flink().substring(0, 3), "found 1.20.1");
  }

  @Test
  void anotherServerIsRefused() {
    overview("%s", "<html>It works!</html>");

    assertRefused("found something else (HTTP status 200)", "rest.port");
  }

  @Test
  void aServerWithoutAnOverviewIsRefused() {
    assertRefused("found something else (HTTP status 404)");
  }

  @Test
  void whatSpeaksNoHttpIsRefused() throws Exception {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Thread answer =
          new Thread(
              () -> {
                try (var connection = socket.accept()) {
                  connection.getOutputStream().write("hello\n".getBytes(UTF_8));
                } catch (IOException e) {
                  throw new IllegalStateException(e);
                }
              });
      answer.start();

      assertRefused(new ClusterAddress("localhost", socket.getLocalPort()), "something else");
      answer.join();
    }
  }

  @Test
  void whereNobodyListensIsSaid() {
    ClusterAddress address = address();
    server.stop(0);

    assertRefused(address, address.toString(), "nobody listens there");
  }

  @Test
  void aHostThatDoesNotExistIsSaid() {
    assertRefused(new ClusterAddress("no.such.host.invalid", 8081), "no.such.host.invalid:8081");
  }

  private void assertRefused(String... words) {
    assertRefused(address(), words);
  }

  private static void assertRefused(ClusterAddress address, String... words) {
    assertThatExceptionOfType(ConfigurationException.class)
        .isThrownBy(() -> FlinkCluster.at(address, PATIENCE))
        .satisfies(
            e ->
                assertThat(e.problems())
                    .singleElement()
                    .asString()
                    .startsWith("--cluster: ")
                    .contains(words));
  }

  private void overview(String body, Object argument) {
    byte[] bytes = body.formatted(argument).getBytes(UTF_8);
    server.createContext(
        "/overview",
        exchange -> {
          exchange.sendResponseHeaders(200, bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
  }

  private ClusterAddress address() {
    return new ClusterAddress("localhost", server.getAddress().getPort());
  }

  private static String flink() {
    return EnvironmentInformation.getVersion();
  }
}
