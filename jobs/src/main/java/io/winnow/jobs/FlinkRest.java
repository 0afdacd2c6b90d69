package io.winnow.jobs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Optional;
import org.apache.flink.configuration.Configuration;

/** Asks the REST endpoint of a Flink cluster. */
final class FlinkRest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int OK = 200;
  private static final int NOT_FOUND = 404;

  private final ClusterAddress address;
  private final Duration patience;
  private final HttpClient http;

  /**
   * Creates it.
   *
   * @param patience how long an answer may take
   */
  FlinkRest(ClusterAddress address, Duration patience) {
    this.address = address;
    this.patience = patience;
    this.http = HttpClient.newBuilder().connectTimeout(patience).build();
  }

  HttpResponse<String> send(String path) throws IOException, InterruptedException {
    return http.send(
        HttpRequest.newBuilder(address.resolve(path)).timeout(patience).build(),
        BodyHandlers.ofString());
  }

  /**
   * Returns what the cluster answers; empty where it knows of no such thing.
   *
   * @throws IOException if it does not answer
   */
  Optional<JsonNode> find(String path) throws IOException, InterruptedException {
    HttpResponse<String> response = answer(path);
    if (response.statusCode() == NOT_FOUND) {
      return Optional.empty();
    }
    if (response.statusCode() != OK) {
      throw new IOException(
          "HTTP status %d of %s".formatted(response.statusCode(), address.resolve(path)));
    }
    try {
      return Optional.of(JSON.readTree(response.body()));
    } catch (JsonProcessingException e) {
      throw new IOException("no JSON at " + address.resolve(path), e);
    }
  }

  /** Returns the cluster's own settings; none where it shows none. */
  Configuration settings() throws IOException, InterruptedException {
    Configuration settings = new Configuration();
    find("/jobmanager/config")
        .ifPresent(
            options ->
                options.forEach(
                    option ->
                        settings.setString(
                            option.path("key").asText(), option.path("value").asText())));
    return settings;
  }

  /** The client's own failures have no message. */
  private HttpResponse<String> answer(String path) throws IOException, InterruptedException {
    try {
      return send(path);
    } catch (ConnectException e) {
      throw new IOException("nobody listens there", e);
    } catch (HttpTimeoutException e) {
      throw new IOException("it does not answer within " + patience.toSeconds() + " s", e);
    }
  }
}
