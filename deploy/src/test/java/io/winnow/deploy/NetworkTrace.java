package io.winnow.deploy;

import java.io.IOException;
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
  List<String> addresses() throws IOException {
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

  private static String address(String call) {
    Matcher address = ADDRESS.matcher(call);
    if (!address.find()) {
      throw new AssertionError("Expected an address in " + call);
    }
    return address.group(1) == null ? address.group(2) : address.group(1);
  }
}
