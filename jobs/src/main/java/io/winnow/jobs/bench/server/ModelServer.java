package io.winnow.jobs.bench.server;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.winnow.operators.inference.LoadedModel;
import io.winnow.operators.model.ModelBundle;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * Answers texts over HTTP, on the loopback interface: {@code {"text": ...}} by {@code {"labels":
 * ...}}. As many threads as cores run the model, each on what has queued up.
 *
 * <p>Whoever starts it closes it; the model stays open.
 */
public final class ModelServer implements AutoCloseable {
  static {
    // Else the kernel keeps the second half of an answer back for 40 ms.
    System.setProperty("sun.net.httpserver.nodelay", "true");
    // Else it closes connections of two hundred that wait, just when one of them is used again.
    System.setProperty("sun.net.httpserver.maxIdleConnections", "10000");
    System.setProperty("sun.net.httpserver.idleInterval", "3600"); // seconds
  }

  private static final String PATH = "/predict";
  private static final int BACKLOG = 1024; // connections that all subtasks open at once
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpServer http;
  private final ExecutorService readers;
  private final ExecutorService workers;
  private final BlockingQueue<TextRequest> queue = new LinkedBlockingQueue<>();

  private ModelServer(HttpServer http, int cores) {
    this.http = http;
    this.readers = Executors.newFixedThreadPool(cores);
    this.workers = Executors.newFixedThreadPool(cores);
  }

  /** Starts a server on a free port. */
  public static ModelServer start(ModelBundle bundle, LoadedModel model, int cores)
      throws IOException {
    InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    ModelServer server = new ModelServer(HttpServer.create(anyPort, BACKLOG), cores);
    for (int i = 0; i < cores; i++) {
      server.workers.execute(new ModelWorker(server.queue, bundle, model));
    }
    server.http.setExecutor(server.readers);
    server.http.createContext(PATH, server::receive);
    server.http.start();
    return server;
  }

  /** Returns where it takes texts. */
  public URI uri() {
    InetSocketAddress address = http.getAddress();
    return URI.create("http://%s:%d%s".formatted(address.getHostString(), address.getPort(), PATH));
  }

  /** Takes a request in; a worker answers it. */
  private void receive(HttpExchange exchange) throws IOException {
    String text = JSON.readTree(exchange.getRequestBody()).path("text").asText();
    queue.add(new TextRequest(exchange, text));
  }

  @Override
  public void close() {
    http.stop(0);
    readers.shutdownNow();
    workers.shutdownNow();
  }
}
