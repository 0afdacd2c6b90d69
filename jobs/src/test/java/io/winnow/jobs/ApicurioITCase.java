package io.winnow.jobs;

import static io.winnow.jobs.RegistryPipeline.FIRST;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.winnow.jobs.pipeline.RegistryOptions;
import io.winnow.jobs.registry.RegistryException;
import io.winnow.jobs.registry.SinkSubject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** Schemas in Apicurio Registry, a process of its own: {@code mvn verify -Pregistry}. */
@EnabledIfSystemProperty(named = ApicurioITCase.HOME, matches = ".+")
class ApicurioITCase {
  static final String HOME = "winnow.apicurio.home";
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  @TempDir static Path folder;
  private static Broker broker;
  private static Flink flink;
  private static Process registry;
  private static String url;

  @BeforeAll
  static void start() throws Exception {
    int port = freePort();
    url = "http://localhost:%d/apis/ccompat/v7".formatted(port);
    registry =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-Dquarkus.http.port=" + port,
                "-jar",
                runner())
            .directory(Path.of(System.getProperty(HOME)).toFile())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("registry.log").toFile())
            .start();
    await().atMost(PATIENCE).ignoreExceptions().until(ApicurioITCase::isUp);
    broker = Broker.start(folder.resolve("kafka"));
    flink = Flink.start(1);
  }

  @AfterAll
  static void stop() throws Exception {
    flink.stop();
    broker.close();
    registry.destroyForcibly().waitFor();
  }

  /** Asks it to be strict, as it is not of itself. */
  private static boolean isUp() throws Exception {
    HttpRequest strict =
        HttpRequest.newBuilder(URI.create(url + "/config"))
            .header("Content-Type", "application/vnd.schemaregistry.v1+json")
            .PUT(BodyPublishers.ofString("{\"compatibility\": \"BACKWARD\"}"))
            .build();
    return HttpClient.newHttpClient().send(strict, BodyHandlers.ofString()).statusCode() == 200;
  }

  @Test
  void recordsOfAllVersionsPass() throws Exception {
    new RegistryPipeline("versions", url, broker, flink).versionsPass();
  }

  @Test
  void anIncompatibleSchemaIsRefusedInTheRegistrysWords() throws Exception {
    Schema other = SchemaBuilder.record("Message").fields().requiredString("other").endRecord();
    new RegistryPipeline("conflict", url, broker, flink).register("conflict.out-value", other);
    SinkSubject subject =
        SinkSubject.ofTopics(
            new RegistryOptions(List.of(URI.create(url)), null, null, null),
            "conflict.in",
            "conflict.out");

    assertThatExceptionOfType(RegistryException.class)
        .isThrownBy(() -> subject.id(FIRST, FIRST, earlier -> Optional.empty()))
        .withMessageContaining("409: ")
        .withMessageContaining("ncompatible");
  }

  @Test
  void aSchemaIsRegisteredOnce() {
    SinkSubject subject =
        SinkSubject.ofTopics(
            new RegistryOptions(List.of(URI.create(url)), null, null, null), "once.in", "once.out");

    int id = subject.id(FIRST, FIRST, earlier -> Optional.empty());

    assertThat(subject.id(FIRST, FIRST, earlier -> Optional.empty())).isEqualTo(id);
  }

  private static String runner() throws IOException {
    try (Stream<Path> files = Files.list(Path.of(System.getProperty(HOME)))) {
      return files
          .filter(file -> file.toString().endsWith("-runner.jar"))
          .findFirst()
          .orElseThrow()
          .toString();
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
