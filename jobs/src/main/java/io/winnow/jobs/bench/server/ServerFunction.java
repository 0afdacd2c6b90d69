package io.winnow.jobs.bench.server;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.winnow.jobs.bench.Answer;
import io.winnow.jobs.bench.Query;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.streaming.api.functions.async.ResultFuture;
import org.apache.flink.streaming.api.functions.async.RichAsyncFunction;
import org.jspecify.annotations.Nullable;

/** Asks a {@link ModelServer}, without waiting for one answer before the next question. */
@SuppressWarnings("NullAway.Init") // the client lives from open on
public final class ServerFunction extends RichAsyncFunction<Query, Answer> {
  private static final long serialVersionUID = 1L;
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int OK = 200;

  private final URI server;
  private transient HttpClient client;

  public ServerFunction(URI server) {
    this.server = server;
  }

  @Override
  public void open(OpenContext context) {
    this.client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  }

  @Override
  public void asyncInvoke(Query query, ResultFuture<Answer> result) throws JsonProcessingException {
    String body = JSON.writeValueAsString(JSON.createObjectNode().put("text", query.text()));
    HttpRequest request =
        HttpRequest.newBuilder(server)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    var unused =
        client
            .sendAsync(request, HttpResponse.BodyHandlers.ofByteArray())
            .whenComplete((response, failure) -> complete(query, response, failure, result));
  }

  private static void complete(
      Query query,
      HttpResponse<byte[]> response,
      @Nullable Throwable failure,
      ResultFuture<Answer> result) {
    if (failure != null) {
      result.completeExceptionally(failure);
      return;
    }
    result.complete(() -> List.of(new Answer(query.index(), labels(response))));
  }

  private static String labels(HttpResponse<byte[]> response) throws Exception {
    if (response.statusCode() != OK) {
      throw new IllegalStateException(
          "The model server answered with status " + response.statusCode());
    }
    return JSON.readTree(response.body()).path("labels").asText();
  }
}
