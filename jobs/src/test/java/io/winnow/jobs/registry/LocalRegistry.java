package io.winnow.jobs.registry;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import io.winnow.jobs.pipeline.KeyStoreFile;
import io.winnow.jobs.pipeline.RegistryOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/** A schema registry in this JVM with the part of Confluent's REST API that a job asks. */
public final class LocalRegistry implements AutoCloseable {
  /** A certificate of localhost with its key, and the same without it. */
  static final KeyStoreFile KEYS = new KeyStoreFile(path("server.p12"), "changeit");

  static final KeyStoreFile CERTIFICATE = new KeyStoreFile(path("server.pem"), null);

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final JsonNode NOTHING = JsonNodeFactory.instance.missingNode();

  private final @Nullable KeyStoreFile keys;
  private final @Nullable KeyStoreFile trusted;
  private final Subjects subjects = new Subjects();
  private final Queue<String> requests = new ConcurrentLinkedQueue<>();
  private final Map<String, Integer> failures = new ConcurrentHashMap<>();
  private volatile @Nullable String authorization;
  private int port; // that of the first start
  private @Nullable HttpServer server;
  private @Nullable ExecutorService threads;

  private LocalRegistry(@Nullable KeyStoreFile keys, @Nullable KeyStoreFile trusted) {
    this.keys = keys;
    this.trusted = trusted;
  }

  public static LocalRegistry start() throws Exception {
    LocalRegistry registry = new LocalRegistry(null, null);
    registry.up();
    return registry;
  }

  /** Starts one that speaks TLS only, with clients that have its own certificate. */
  static LocalRegistry startSecure() throws Exception {
    return startSecure(KEYS, CERTIFICATE);
  }

  /**
   * Starts one that speaks TLS only.
   *
   * @param keys who it is: localhost
   * @param trusted which clients it talks to
   */
  public static LocalRegistry startSecure(KeyStoreFile keys, KeyStoreFile trusted)
      throws Exception {
    LocalRegistry registry = new LocalRegistry(keys, trusted);
    registry.up();
    return registry;
  }

  /** Listens, at the same port as before, and knows what it knew. */
  public void up() throws Exception {
    InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    this.server = isSecure() ? https(address) : HttpServer.create(address, 0);
    this.threads = Executors.newCachedThreadPool();
    this.port = server.getAddress().getPort();
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  private boolean isSecure() {
    return keys != null;
  }

  private HttpServer https(InetSocketAddress address) throws Exception {
    SSLContext context =
        RegistryTls.context(
            new RegistryOptions(List.of(URI.create("https://localhost")), null, trusted, keys));
    HttpsServer https = HttpsServer.create(address, 0);
    https.setHttpsConfigurator(
        new HttpsConfigurator(context) {
          @Override
          public void configure(HttpsParameters parameters) {
            SSLParameters wanted = context.getDefaultSSLParameters();
            wanted.setNeedClientAuth(true);
            parameters.setSSLParameters(wanted);
          }
        });
    return https;
  }

  /** Listens no more. */
  public void down() {
    if (server != null && threads != null) {
      server.stop(0);
      threads.shutdownNow();
    }
  }

  public String url() {
    return "%s://localhost:%d".formatted(isSecure() ? "https" : "http", port);
  }

  public RegistryOptions options() {
    return options(null);
  }

  RegistryOptions options(@Nullable String header) {
    return new RegistryOptions(List.of(URI.create(url())), header, trusted, keys);
  }

  /** Asks for this header from now on; null for none. */
  public void requireAuthorization(@Nullable String header) {
    this.authorization = header;
  }

  /** Asks new versions to read what the last one wrote, or not; it does unless told otherwise. */
  public void setCompatible(boolean compatible) {
    subjects.setCompatible(compatible);
  }

  /** Answers requests that begin so with a status of HTTP, until it recovers. */
  public void fail(String request, int status) {
    failures.put(request, status);
  }

  public void recover() {
    failures.clear();
  }

  public int register(String subject, Schema schema) {
    return subjects.add(subject, schema.toString(), NOTHING).body().path("id").asInt();
  }

  int register(String subject, JsonNode request) {
    return subjects
        .add(subject, request.path("schema").asText(), request)
        .body()
        .path("id")
        .asInt();
  }

  /** Returns the schemas of a subject, oldest first. */
  public List<Schema> schemas(String subject) {
    return subjects.schemas(subject);
  }

  public Schema schema(int id) {
    return new Schema.Parser().parse(subjects.byId(id).body().path("schema").asText());
  }

  /** Returns methods and paths so far, in their order. */
  public List<String> requests() {
    return List.copyOf(requests);
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getRawPath();
      String request = exchange.getRequestMethod() + " " + path;
      requests.add(request);
      Answer answer = answer(request, exchange, path);
      byte[] body = answer.body().toString().getBytes(UTF_8);
      exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
      exchange.getResponseBody().write(body);
    }
  }

  private Answer answer(String request, HttpExchange exchange, String path) throws IOException {
    JsonNode body = JSON.readTree(exchange.getRequestBody());
    for (Map.Entry<String, Integer> failure : failures.entrySet()) {
      if (request.startsWith(failure.getKey())) {
        return new Answer(failure.getValue(), NOTHING);
      }
    }
    String given = exchange.getRequestHeaders().getFirst("Authorization");
    if (authorization != null && !authorization.equals(given)) {
      return Subjects.error(401, 40101, "Unauthorized");
    }

    String[] parts = path.substring(1).split("/");
    Arrays.setAll(parts, i -> URLDecoder.decode(parts[i], UTF_8));
    return subjects.answer(parts, body);
  }

  private static String path(String name) {
    return Path.of("src/test/resources/registry", name).toAbsolutePath().toString();
  }

  @Override
  public void close() {
    down();
  }
}
