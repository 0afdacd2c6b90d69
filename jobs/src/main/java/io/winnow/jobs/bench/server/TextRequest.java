package io.winnow.jobs.bench.server;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;

/** A text that waits for its answer, with the way back. */
record TextRequest(HttpExchange exchange, String text) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int OK = 200;
  private static final int FAILED = 500;

  void answer(String labels) throws IOException {
    send(OK, JSON.createObjectNode().put("labels", labels));
  }

  void fail(Exception why) throws IOException {
    send(FAILED, JSON.createObjectNode().put("error", String.valueOf(why.getMessage())));
  }

  private void send(int status, ObjectNode body) throws IOException {
    byte[] bytes = JSON.writeValueAsBytes(body);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }
}
