package io.winnow.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunVerbTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "--state=s, --state is for a run in this process",
    "--ui-port=8082, --ui-port is for a run in this process",
    "--parallelism=0, 'Expected at least 1 with --parallelism, found 0'"
  })
  void optionsThatDoNotFitAClusterAreWrongUsage(String option, String message) throws Exception {
    Winnow winnow = Winnow.run("run", pipeline(), "--cluster", "localhost:8081", option);

    assertThat(winnow.status()).isEqualTo(2);
    assertThat(winnow.errors().get(0)).contains(message);
  }

  @ParameterizedTest
  @CsvSource({"--state=s, the cluster keeps it", "--ui-port=8082, the cluster has its own web UI"})
  void optionsThatDoNotFitAJobManagerAreWrongUsage(String option, String message) throws Exception {
    Winnow winnow =
        HostedReplayTest.hosted(ApplicationModeTest.RECOVERABLE, "run", pipeline(), option);

    assertThat(winnow.status()).isEqualTo(2);
    assertThat(winnow.errors().get(0)).contains("in this process; on a cluster " + message);
  }

  @Test
  void nativesAreShippedToAClusterOnly() throws Exception {
    Winnow winnow = Winnow.run("run", pipeline(), "--ship-natives");

    assertThat(winnow.status()).isEqualTo(2);
    assertThat(winnow.errors().get(0)).contains("--ship-natives", "add --cluster");
  }

  @Test
  void anAddressThatIsNoneIsWrongUsage() throws Exception {
    Winnow winnow = Winnow.run("run", pipeline(), "--cluster", "localhost");

    assertThat(winnow.status()).isEqualTo(2);
    assertThat(winnow.errors().get(0)).contains("--cluster", "HOST:PORT", "'localhost'");
  }

  @Test
  void aClusterThatNobodyIsStopsTheRun() throws Exception {
    String address = "localhost:" + closedPort();

    Winnow winnow = Winnow.run("run", pipeline(), "--cluster", address);

    assertThat(winnow.status()).isEqualTo(2);
    assertThat(winnow.out()).isEmpty();
    assertThat(winnow.errors())
        .singleElement()
        .asString()
        .contains("--cluster", address, "nobody listens there");
  }

  private String pipeline() throws IOException {
    return Files.writeString(
            folder.resolve("pipeline.yaml"),
            """
            name: support
            source: {bootstrap-servers: "localhost:9092", topic: messages}
            text: body
            enrichments:
              - name: intent
                model: %s
            sink: {topic: enriched}
            dead-letters: {topic: rejected}
            """
                .formatted(Winnow.model("bert-text")))
        .toString();
  }

  private static int closedPort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
