package io.winnow.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClusterAddressTest {
  @ParameterizedTest
  @CsvSource({
    "localhost:8081, localhost, 8081, localhost:8081",
    "http://flink.example:80/, flink.example, 80, flink.example:80",
    "HTTP://10.0.0.7:8081, 10.0.0.7, 8081, 10.0.0.7:8081",
    "[::1]:8081, ::1, 8081, [::1]:8081"
  })
  void anAddressIsAHostAndAPort(String text, String host, int port, String shown) {
    ClusterAddress address = ClusterAddress.parse(text);

    assertThat(address).isEqualTo(new ClusterAddress(host, port)).hasToString(shown);
    assertThat(address.resolve("/overview")).hasToString("http://" + shown + "/overview");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "localhost",
        "8081",
        ":8081",
        "localhost:",
        "localhost:0",
        "localhost:65536",
        "localhost:http",
        "https://localhost:8081",
        "http://localhost:8081/jobs",
        "user:word@localhost:8081",
        "a host:8081"
      })
  void anythingElseIsRefused(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ClusterAddress.parse(text))
        .withMessageContainingAll("HOST:PORT", "'" + text + "'");
  }
}
