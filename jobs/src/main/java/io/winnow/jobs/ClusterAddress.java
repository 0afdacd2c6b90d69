package io.winnow.jobs;

import java.net.URI;

/**
 * The REST endpoint of a Flink cluster.
 *
 * @param host name or address, without brackets where it is IPv6
 */
public record ClusterAddress(String host, int port) {
  private static final int MAX_PORT = 65_535;

  /**
   * Reads {@code HOST:PORT}, or the address of a web UI as a browser shows it.
   *
   * @throws IllegalArgumentException if it is neither
   */
  public static ClusterAddress parse(String text) {
    try {
      URI uri = URI.create(text.matches("(?i)http://.*") ? text : "http://" + text);
      String host = uri.getHost();
      if (host != null && uri.getPort() > 0 && uri.getPort() <= MAX_PORT && isBare(uri)) {
        return new ClusterAddress(host.replaceAll("[\\[\\]]", ""), uri.getPort());
      }
    } catch (IllegalArgumentException e) {
      // told below
    }
    throw new IllegalArgumentException(
        "expected the REST endpoint of a Flink cluster as HOST:PORT, such as localhost:8081, found '"
            + text
            + "'");
  }

  private static boolean isBare(URI uri) {
    return uri.getUserInfo() == null && (uri.getPath().isEmpty() || uri.getPath().equals("/"));
  }

  /** Returns where a browser shows a job. */
  public URI ui(String job) {
    return resolve("/#/job/running/" + job + "/overview");
  }

  URI resolve(String path) {
    return URI.create("http://" + this).resolve(path);
  }

  @Override
  public String toString() {
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
  }
}
