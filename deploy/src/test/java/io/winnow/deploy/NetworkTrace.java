package io.winnow.deploy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What strace saw a process and its children do with the network. */
record NetworkTrace(Path file) {
  /** As in {@code 17 connect(4, {sa_family=AF_INET6, ... inet_pton(AF_INET6, "::1", ...}, 28)}. */
  private static final Pattern INTERNET =
      Pattern.compile("(?:connect|sendto|sendmsg|sendmmsg)\\(.*sa_family=AF_INET.*");

  private static final Pattern ADDRESS =
      Pattern.compile("inet_addr\\(\"([0-9.]+)\"\\)|inet_pton\\(AF_INET6, \"([0-9a-f:.]+)\"");

  private static final Pattern PORT = Pattern.compile("sin6?_port=htons\\(([0-9]+)\\)");

  /** Returns the command that runs another one and writes to a file what it does. */
  static List<String> command(Tool strace, Path file) {
    return List.of(
        strace.file().toString(),
        "--daemonize", // so that it does not wait for what goes on in the background
        "--follow-forks",
        "--seccomp-bpf",
        "--quiet=all",
        "--trace=%network",
        "--output-append-mode",
        "--output=" + file);
  }

  /** Returns the addresses that it turned to, local ones of this machine too. */
  List<InetSocketAddress> addresses() throws IOException {
    try (Stream<String> lines = Files.lines(file)) {
      return lines
          .map(INTERNET::matcher)
          .filter(Matcher::find)
          .map(Matcher::group)
          .map(NetworkTrace::address)
          .distinct()
          .toList();
    }
  }

  private static InetSocketAddress address(String call) {
    Matcher address = ADDRESS.matcher(call);
    Matcher port = PORT.matcher(call);
    if (!address.find() || !port.find()) {
      throw new AssertionError("Expected an address and a port in " + call);
    }
    String digits = address.group(1) == null ? address.group(2) : address.group(1);
    try {
      InetAddress host = InetAddress.getByName(digits); // of digits, so nobody is asked
      return new InetSocketAddress(host, Integer.parseInt(port.group(1)));
    } catch (UnknownHostException e) {
      throw new AssertionError("Expected an address in " + call, e);
    }
  }
}
