package io.winnow.jobs.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.winnow.jobs.pipeline.RegistryOptions;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks a registry over HTTP: the next of its addresses where one fails, and all again after a
 * while. Thread-safe.
 */
final class RegistryClient {
  private static final Logger LOG = LoggerFactory.getLogger(RegistryClient.class);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String MEDIA_TYPE = "application/vnd.schemaregistry.v1+json";
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
  private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(10);

  private final RegistryOptions options;
  private final Backoff backoff;
  private final HttpClient http;
  private volatile int preferred; // the address that answered last

  RegistryClient(RegistryOptions options, Backoff backoff) {
    this.options = options;
    this.backoff = backoff;
    this.http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT_TIMEOUT)
            .sslContext(RegistryTls.context(options))
            .build();
  }

  Answer get(String path) {
    return ask(path, null);
  }

  Answer post(String path, JsonNode body) {
    return ask(path, body.toString());
  }

  /**
   * Returns what the registry decides.
   *
   * @throws RegistryException if it does not answer, has a failure of its own or denies access
   */
  private Answer ask(String path, @Nullable String body) {
    long start = System.nanoTime();
    for (int failure = 0; ; failure++) {
      String problem = "";
      for (int i = 0; i < options.urls().size(); i++) {
        int index = (preferred + i) % options.urls().size();
        URI url = options.urls().get(index);
        try {
          Answer answer = send(url, path, body);
          if (!answer.isTransient()) {
            preferred = index;
            return checked(answer, url, path);
          }

          problem = "%s answers %s to %s".formatted(url, answer.words(), path);
        } catch (IOException e) {
          problem = "%s gives %s".formatted(url, Failures.words(e));
        }
      }

      waitAfter(failure, start, problem);
    }
  }

  private Answer send(URI url, String path, @Nullable String body) throws IOException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url + path))
            .timeout(ANSWER_TIMEOUT)
            .header("Accept", MEDIA_TYPE + ", application/json");
    if (options.authorization() != null) {
      request.header("Authorization", options.authorization());
    }
    if (body != null) {
      request.header("Content-Type", MEDIA_TYPE).POST(BodyPublishers.ofString(body));
    }

    try {
      HttpResponse<String> response = http.send(request.build(), BodyHandlers.ofString());
      return new Answer(response.statusCode(), parse(response.body()));
    } catch (InterruptedException e) {
      throw interrupted();
    }
  }

  private static JsonNode parse(String body) {
    try {
      JsonNode parsed = JSON.readTree(body);
      return parsed == null ? MissingNode.getInstance() : parsed;
    } catch (JsonProcessingException e) {
      return MissingNode.getInstance();
    }
  }

  private static Answer checked(Answer answer, URI url, String path) {
    if (answer.deniesAccess()) {
      throw new RegistryException(
          "Expected a login that the schema registry takes, but %s answers %s to %s; check username and password or token under 'schema-registry', and what they may do"
              .formatted(url, answer.words(), path));
    }

    return answer;
  }

  private void waitAfter(int failure, long startNanos, String problem) {
    Duration wait = backoff.wait(failure);
    Duration waited = Duration.ofNanos(System.nanoTime() - startNanos);
    if (waited.plus(wait).compareTo(backoff.patience()) >= 0) {
      throw RegistryException.unreachable(
          "Expected an answer of the schema registry, but %s; check that it runs, and url and truststore under 'schema-registry'"
              .formatted(problem));
    }

    LOG.warn("Schema registry: {}; asking again in {} ms", problem, wait.toMillis());
    try {
      Thread.sleep(wait.toMillis());
    } catch (InterruptedException e) {
      throw interrupted();
    }
  }

  /** A task that is cancelled waits no longer. */
  private static RegistryException interrupted() {
    Thread.currentThread().interrupt();
    return new RegistryException("Interrupted while asking the schema registry");
  }
}
