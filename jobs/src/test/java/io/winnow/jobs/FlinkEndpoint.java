package io.winnow.jobs;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.apache.flink.runtime.util.EnvironmentInformation;

/** A REST endpoint that answers as Flink's does, and knows nothing but what it is told. */
public final class FlinkEndpoint implements AutoCloseable {
  private final Map<String, Supplier<String>> answers = new ConcurrentHashMap<>();
  private final HttpServer server;

  private FlinkEndpoint(HttpServer server) {
    this.server = server;
  }

  public static FlinkEndpoint start() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    FlinkEndpoint endpoint = new FlinkEndpoint(server);
    server.createContext("/", endpoint::answer);
    server.start();
    return endpoint;
  }

  private void answer(HttpExchange exchange) throws IOException {
    Supplier<String> body = answers.get(exchange.getRequestURI().getPath());
    byte[] bytes = (body == null ? "{\"errors\":[\"Not found\"]}" : body.get()).getBytes(UTF_8);
    exchange.sendResponseHeaders(body == null ? 404 : 200, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  /** Answers a path from now on. */
  public void answer(String path, String body) {
    answer(path, () -> body);
  }

  /** Answers a path from now on with what holds when it is asked. */
  void answer(String path, Supplier<String> body) {
    answers.put(path, body);
  }

  /** Answers as a cluster of this Flink that caches nothing. */
  public void isCluster() {
    answer(
        "/overview",
        "{\"slots-total\": 8, \"slots-available\": 3, \"flink-version\": \"%s\"}"
            .formatted(EnvironmentInformation.getVersion()));
    answer(
        "/jobmanager/config",
        "[{\"key\": \"rest.cache.checkpoint-statistics.timeout\", \"value\": \"1 ms\"}]");
  }

  /**
   * Knows a job from now on, which has read seven records.
   *
   * @param state in Flink's words
   * @param latest what the statistics of checkpoints say, as members of an object
   */
  public void hasJob(String id, String state, String latest) {
    answer(
        "/jobs/" + id,
        "{\"state\": \"%s\", \"duration\": 2000, \"now\": 99000, \"end-time\": 9000}"
            .formatted(state));
    answer("/jobs/" + id + "/checkpoints", "{\"latest\": {" + latest + "}}");
    answer(
        "/jobs/" + id + "/accumulators",
        """
        {"user-task-accumulators": [
          {"name": "winnow-read", "type": "LongCounter", "value": "7"},
          {"name": "winnow-enriched", "type": "LongCounter", "value": "5"},
          {"name": "winnow-rejected", "type": "LongCounter", "value": "1"},
          {"name": "winnow-tokens", "type": "LongCounter", "value": "90"}]}
        """);
  }

  /** Returns a member of a job's statistics: its newest checkpoint. */
  public static String completed(int id, String path) {
    return "\"completed\": {\"id\": %d, \"external_path\": \"%s\"}".formatted(id, path);
  }

  public ClusterAddress address() {
    return new ClusterAddress("localhost", server.getAddress().getPort());
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
