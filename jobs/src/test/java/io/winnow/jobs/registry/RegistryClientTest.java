package io.winnow.jobs.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.winnow.jobs.pipeline.KeyStoreFile;
import io.winnow.jobs.pipeline.RegistryOptions;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RegistryClientTest {
  private static final Backoff PATIENT =
      new Backoff(Duration.ofMillis(1), Duration.ofMillis(20), Duration.ofMinutes(1));
  private static final String TYPES = "/schemas/types";

  private LocalRegistry registry;

  @BeforeEach
  void start() throws Exception {
    registry = LocalRegistry.start();
  }

  @AfterEach
  void stop() {
    registry.close();
  }

  @Test
  void anAnswerIsItsStatusAndBody() {
    Answer answer = client(registry.options(), Backoff.NONE).get(TYPES);

    assertThat(answer.isOk()).isTrue();
    assertThat(answer.body().toString()).isEqualTo("[\"JSON\",\"PROTOBUF\",\"AVRO\"]");
  }

  @Test
  void aRegistryThatIsDownIsAskedAgainUntilItAnswers() throws Exception {
    registry.down();
    CompletableFuture<Answer> answer =
        CompletableFuture.supplyAsync(() -> client(registry.options(), PATIENT).get(TYPES));
    registry.up();

    assertThat(answer.get().isOk()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(ints = {500, 502, 503, 408, 429, 404, 200})
  void whatMayPassIsAskedAgain(int status) throws Exception {
    registry.fail("GET", status);
    CompletableFuture<Answer> answer =
        CompletableFuture.supplyAsync(() -> client(registry.options(), PATIENT).get(TYPES));
    while (registry.requests().size() < 3) {
      Thread.onSpinWait();
    }
    registry.recover();

    assertThat(answer.get().isOk()).isTrue();
  }

  @Test
  void patienceEndsWithWhatTheRegistrySaysAndWhatToDo() {
    registry.fail("GET", 503);

    assertThatExceptionOfType(RegistryException.class)
        .isThrownBy(() -> client(registry.options(), Backoff.NONE).get(TYPES))
        .withMessage(
            "Expected an answer of the schema registry, but %s answers HTTP status 503 to"
                + " /schemas/types; check that it runs, and url and truststore under"
                + " 'schema-registry'",
            registry.url());
  }

  @Test
  void theNextAddressIsAskedWhereOneDoesNotAnswer() throws Exception {
    RegistryOptions options =
        new RegistryOptions(
            List.of(URI.create(closed()), URI.create(registry.url())), null, null, null);

    assertThat(client(options, Backoff.NONE).get(TYPES).isOk()).isTrue();
  }

  @Test
  void aHostWhereNobodyListensIsNamed() throws Exception {
    String url = closed();
    RegistryOptions options = new RegistryOptions(List.of(URI.create(url)), null, null, null);

    assertThatExceptionOfType(RegistryException.class)
        .isThrownBy(() -> client(options, Backoff.NONE).get(TYPES))
        .withMessageContaining(url + " gives no connection, as nobody listens there")
        .matches(RegistryException::isUnreachable);
  }

  @Test
  void aHostThatDoesNotExistIsNamed() {
    RegistryOptions options =
        new RegistryOptions(
            List.of(URI.create("http://no.such.host.invalid:8081")), null, null, null);

    assertThatExceptionOfType(RegistryException.class)
        .isThrownBy(() -> client(options, Backoff.NONE).get(TYPES))
        .withMessageContaining("no.such.host.invalid:8081 gives no connection, as its host");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Basic dXNlcjpodW50ZXIy", "Bearer abc.def"})
  void aLoginGoesWithEachRequest(String header) {
    registry.requireAuthorization(header);

    assertThat(client(registry.options(header), Backoff.NONE).get(TYPES).isOk()).isTrue();
  }

  @Test
  void aLoginThatIsRefusedIsToldAtOnceAndNotShown() {
    registry.requireAuthorization("Bearer right");

    assertThatExceptionOfType(RegistryException.class)
        .isThrownBy(() -> client(registry.options("Bearer hunter2"), PATIENT).get(TYPES))
        .withMessage(
            "Expected a login that the schema registry takes, but %s answers 401: Unauthorized to"
                + " /schemas/types; check username and password or token under 'schema-registry',"
                + " and what they may do",
            registry.url())
        .matches(refused -> !refused.isUnreachable());
    assertThat(registry.requests()).hasSize(1);
  }

  @Test
  void tlsNeedsACertificateThatIsTrusted() throws Exception {
    try (LocalRegistry secure = LocalRegistry.startSecure()) {
      assertThat(client(secure.options(), Backoff.NONE).get(TYPES).isOk()).isTrue();
      assertThatExceptionOfType(RegistryException.class)
          .isThrownBy(() -> client(options(secure, null, null), Backoff.NONE).get(TYPES))
          .withMessageContaining("gives no TLS connection")
          .withMessageContaining("unable to find valid certification path");
      assertThatExceptionOfType(RegistryException.class)
          .isThrownBy(
              () ->
                  client(options(secure, LocalRegistry.CERTIFICATE, null), Backoff.NONE).get(TYPES))
          .withMessageContaining(secure.url());
    }
  }

  @Test
  void aStoreThatIsNotOnThisMachineIsNamed() {
    KeyStoreFile none = new KeyStoreFile("/no/such.p12", "hunter2");

    assertThatExceptionOfType(RegistryException.class)
        .isThrownBy(() -> client(options(registry, none, null), Backoff.NONE))
        .withMessageContaining("on each machine of the cluster, but")
        .withMessageContaining("/no/such.p12")
        .withMessageNotContaining("hunter2");
  }

  @Test
  void aTaskThatIsCancelledWaitsNoLonger() throws Exception {
    registry.down();
    CompletableFuture<Answer> answer = new CompletableFuture<>();
    Thread task =
        new Thread(
            () -> {
              try {
                answer.complete(client(registry.options(), PATIENT).get(TYPES));
              } catch (RegistryException e) {
                answer.completeExceptionally(e);
              }
            });
    task.start();
    task.interrupt();

    assertThatExceptionOfType(ExecutionException.class)
        .isThrownBy(answer::get)
        .withMessageContaining("Interrupted while asking the schema registry");
  }

  @Test
  void eachWaitIsTwiceTheOneBeforeUpToTheLongest() {
    Backoff backoff =
        new Backoff(Duration.ofMillis(200), Duration.ofSeconds(1), Duration.ofSeconds(30));

    assertThat(backoff.wait(0)).isEqualTo(Duration.ofMillis(200));
    assertThat(backoff.wait(2)).isEqualTo(Duration.ofMillis(800));
    assertThat(backoff.wait(3)).isEqualTo(Duration.ofSeconds(1));
    assertThat(backoff.wait(1_000)).isEqualTo(Duration.ofSeconds(1));
  }

  private static RegistryClient client(RegistryOptions options, Backoff backoff) {
    return new RegistryClient(options, backoff);
  }

  private static RegistryOptions options(
      LocalRegistry registry, @Nullable KeyStoreFile truststore, @Nullable KeyStoreFile keystore) {
    return new RegistryOptions(List.of(URI.create(registry.url())), null, truststore, keystore);
  }

  private static String closed() throws Exception {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return "http://localhost:" + socket.getLocalPort();
    }
  }
}
