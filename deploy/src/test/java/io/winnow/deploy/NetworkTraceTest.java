package io.winnow.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NetworkTraceTest {
  @TempDir Path folder;

  @Test
  void addressesAreTakenFromCallsThatReachTheInternet() throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("trace"),
            """
            17 socket(AF_INET, SOCK_DGRAM|SOCK_CLOEXEC, IPPROTO_IP) = 4
            17 connect(3, {sa_family=AF_UNIX, sun_path="/var/run/nscd/socket"}, 110) = -1 ENOENT
            17 bind(4, {sa_family=AF_INET, sin_port=htons(0), sin_addr=inet_addr("127.0.0.1")}, 16) = 0
            17 connect(4, {sa_family=AF_INET, sin_port=htons(53), sin_addr=inet_addr("127.0.0.53")}, 16) = 0
            18 connect(5, {sa_family=AF_INET6, sin6_port=htons(9092), sin6_flowinfo=htonl(0), inet_pton(AF_INET6, "::ffff:127.0.0.1", &sin6_addr), sin6_scope_id=0}, 28) = 0
            18 connect(6, {sa_family=AF_INET6, sin6_port=htons(443), sin6_flowinfo=htonl(0), inet_pton(AF_INET6, "2001:db8::7", &sin6_addr), sin6_scope_id=0}, 28) = 0
            19 sendto(7, "x", 1, 0, {sa_family=AF_INET, sin_port=htons(8125), sin_addr=inet_addr("192.0.2.1")}, 16) = 1
            19 connect(4, {sa_family=AF_INET, sin_port=htons(53), sin_addr=inet_addr("127.0.0.53")}, 16) = 0
            """);

    assertThat(new NetworkTrace(file).addresses())
        .extracting(InetSocketAddress::toString)
        .containsExactly(
            "/127.0.0.53:53", "/127.0.0.1:9092", "/[2001:db8:0:0:0:0:0:7]:443", "/192.0.2.1:8125");
  }
}
