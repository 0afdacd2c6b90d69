package io.winnow.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.winnow.jobs.registry.LocalRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ValidateVerbTest {
  @TempDir Path folder;

  @Test
  void aGoodFileIsValid() throws Exception {
    Path file = write(good("localhost:9092"));

    Winnow winnow = Winnow.run("validate", file.toString());

    assertThat(winnow.status()).as(winnow.err()).isZero();
    assertThat(winnow.err()).isEmpty();
    assertThat(winnow.lines()).containsExactly(file + " is valid: pipeline support");
  }

  @Test
  void everyProblemIsALineWithItsPlace() throws Exception {
    Path file =
        write(
            good("localhost")
                .replace("text: body", "txt: body")
                .replace("topic: enriched", "topic: enriched, deliver: exactly-once")
                .replace("model: ", "parallelism: many\n    model: "));

    Winnow winnow = Winnow.run("validate", file.toString());

    assertThat(winnow.status()).isEqualTo(2);
    assertThat(winnow.out()).isEmpty();
    assertThat(winnow.errors())
        .allSatisfy(line -> assertThat(line).startsWith("error: " + file))
        .satisfiesOnlyOnce(line -> assertThat(line).contains("txt", "did you mean 'text'?"))
        .satisfiesOnlyOnce(line -> assertThat(line).contains("deliver", "'delivery'?"))
        .satisfiesOnlyOnce(
            line ->
                assertThat(line)
                    .contains(":6: enrichments[0].parallelism", "a whole number", "'many'"))
        .satisfiesOnlyOnce(line -> assertThat(line).contains("bootstrap-servers", "host:port"))
        .satisfiesOnlyOnce(line -> assertThat(line).contains("text: missing"))
        .hasSize(5);
  }

  @Test
  void aFileThatIsNotThereIsNamed() {
    Winnow winnow = Winnow.run("validate", "no/such.yaml");

    assertThat(winnow.status()).isEqualTo(2);
    assertThat(winnow.errors())
        .containsExactly("error: no/such.yaml: expected a YAML file, found none");
  }

  @Test
  void everyBrokenBundleIsNamedByItsEnrichment() throws Exception {
    Path broken = Winnow.copy("bert-token", folder);
    Files.delete(broken.resolve("tokenizer.json"));
    Path file =
        write(
            good("localhost:9092")
                .replace(
                    "enrichments:\n",
                    "enrichments:\n  - {name: gone, model: no/model}\n  - {name: broken, model: "
                        + broken
                        + "}\n"));

    Winnow winnow = Winnow.run("validate", file.toString());

    assertThat(winnow.status()).isEqualTo(2);
    assertThat(winnow.errors()).hasSize(2);
    assertThat(winnow.errors().get(0)).contains("enrichment 'gone'", "no/model", "found nothing");
    assertThat(winnow.errors().get(1)).contains("enrichment 'broken'", "tokenizer.json");
  }

  @Test
  void whatAClientWouldRefuseAndABrokenBundleAreToldAtOnce() throws Exception {
    Files.writeString(folder.resolve("secret"), "hunter2");
    Path file =
        write(
            good("localhost:9092").replace("parity/bert-text", "parity/${file:secret}")
                + "kafka: {acks: 1}");

    Winnow winnow = Winnow.run("validate", file.toString());

    assertThat(winnow.status()).isEqualTo(2);
    assertThat(winnow.err()).doesNotContain("hunter2");
    assertThat(winnow.errors())
        .satisfiesExactly(
            line -> assertThat(line).contains("kafka: ", "Must set acks to all"),
            line ->
                assertThat(line)
                    .contains("enrichment 'intent'", "<from ", "${file:secret}", "found nothing"));
  }

  @Test
  void anOptionThatNoHeadOfTheBundleLooksAtIsRefused() throws Exception {
    Path file = write(good("localhost:9092").replace("bert-text", "bert-token\n    top-k: 3"));

    Winnow winnow = Winnow.run("validate", file.toString());

    assertThat(winnow.status()).isEqualTo(2);
    assertThat(winnow.errors())
        .containsExactly(
            "error: enrichment 'intent': Expected top-k with heads for text-classification only,"
                + " but there are only [default]; remove it");
  }

  @Test
  void goldenRecordsThatAreAnsweredOtherwiseFailOrWarnAsThePipelineSays() throws Exception {
    Path model = Winnow.copy("bert-text", folder);
    Winnow.seal(model);
    Winnow.changeGoldenScore(model);
    String yaml = good("localhost:9092").replace(Winnow.model("bert-text").toString(), "" + model);
    String found =
        "enrichment 'intent': %s answers 1 of 3 golden records otherwise".formatted(model);

    Winnow failed = Winnow.run("validate", write(yaml).toString());
    assertThat(failed.status()).isEqualTo(2);
    assertThat(failed.errors()).singleElement().asString().startsWith("error: " + found);

    Path file = write(yaml.replace("    model: ", "    golden-records: warn\n    model: "));
    Winnow warned = Winnow.run("validate", file.toString());
    assertThat(warned.status()).as(warned.err()).isZero();
    assertThat(warned.errors()).singleElement().asString().startsWith("warning: " + found);
    assertThat(warned.lines()).containsExactly(file + " is valid: pipeline support");
  }

  @Test
  void sortedBatchesAreForBundlesThatAreProvenNotToMind() throws Exception {
    Path model = Winnow.copy("bert-text", folder);
    Path file =
        write(
            good("localhost:9092")
                .replace(Winnow.model("bert-text").toString(), "" + model)
                .replace("    model: ", "    batching: sorted\n    model: "));

    Winnow refused = Winnow.run("validate", file.toString());
    assertThat(refused.status()).isEqualTo(2);
    assertThat(refused.errors())
        .containsExactly(
            "error: enrichment 'intent': batching: sorted needs a bundle whose answers are proven"
                + " not to depend on the batch, but %s has no seal; check it with 'winnow seal',"
                    .formatted(model)
                + " or set batching to exact");

    Winnow.seal(model);
    assertThat(Winnow.run("validate", file.toString()).status()).isZero();
  }

  @Test
  void whatComesFromAFileIsNotShown() throws Exception {
    Files.writeString(folder.resolve("secret"), "hunter 2");
    Path file =
        write(
            good("${file:secret}")
                    .replace("name: support", "name: ${file:secret}")
                    .replace("model: ", "min-score: ${file:secret}\n    model: ")
                + "kafka: {max.request.size: \"${file:secret}\", sasl.jaas.config: \"${file:none}\"}");

    Winnow winnow = Winnow.run("validate", file.toString());

    assertThat(winnow.status()).isEqualTo(2);
    assertThat(winnow.err()).contains("<from ${file:secret}>").doesNotContain("hunter");
    assertThat(winnow.errors()).hasSize(5);
  }

  @Test
  void aBrokerThatNobodyIsIsNamedAtOnce() throws Exception {
    Path file = write(good("localhost:" + closedPort()));
    long start = System.nanoTime();

    Winnow winnow = Winnow.run("validate", file.toString(), "--topics");

    assertThat(winnow.status()).isEqualTo(2);
    assertThat(winnow.out()).isEmpty();
    assertThat(winnow.errors()).hasSize(1);
    assertThat(winnow.err())
        .contains("source.bootstrap-servers", "nobody listens there")
        .containsPattern("localhost:\\d+");
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(8));
  }

  @Test
  void aHostThatDoesNotExistIsNamed() throws Exception {
    Path file = write(good("no.such.host.invalid:9092"));

    Winnow winnow = Winnow.run("validate", file.toString(), "--topics");

    assertThat(winnow.status()).isEqualTo(2);
    assertThat(winnow.err()).contains("no.such.host.invalid:9092", "No resolvable bootstrap");
  }

  @Test
  void aBrokerThatNobodyIsStopsARunBeforeItsJobStarts() throws Exception {
    Path file = write(good("localhost:" + closedPort()));

    Winnow winnow = Winnow.run("run", file.toString(), "--state", folder.resolve("s").toString());

    assertThat(winnow.status()).isEqualTo(2);
    assertThat(winnow.err()).contains("source.bootstrap-servers");
    assertThat(folder.resolve("s")).doesNotExist();
  }

  @Test
  void aRegistryThatNobodyIsIsToldWithTheBroker() throws Exception {
    Path file = write(registry("http://localhost:" + closedPort()));

    Winnow offline = Winnow.run("validate", file.toString());
    assertThat(offline.status()).as(offline.err()).isZero();

    Winnow winnow = Winnow.run("validate", file.toString(), "--topics");
    assertThat(winnow.status()).isEqualTo(2);
    assertThat(winnow.errors())
        .satisfiesExactly(
            line ->
                assertThat(line)
                    .contains("schema-registry: ", "http://localhost:", "nobody listens there"),
            line -> assertThat(line).contains("source.bootstrap-servers"));
  }

  @Test
  void aLoginThatTheRegistryRefusesIsToldAndNotShown() throws Exception {
    Files.writeString(folder.resolve("secret"), "hunter2");
    try (LocalRegistry registry = LocalRegistry.start()) {
      registry.requireAuthorization("Bearer other");
      Path file = write(registry(registry.url() + ", token: \"${file:secret}\""));

      Winnow winnow = Winnow.run("validate", file.toString(), "--topics");

      assertThat(winnow.status()).isEqualTo(2);
      assertThat(winnow.err())
          .contains("schema-registry: Expected a login", "401: Unauthorized")
          .doesNotContain("hunter2");
    }
  }

  @Test
  void aUrlThatIsNoRegistrysIsTold() throws Exception {
    try (LocalRegistry registry = LocalRegistry.start()) {
      Path file = write(registry(registry.url() + "/apis"));

      Winnow winnow = Winnow.run("validate", file.toString(), "--topics");

      assertThat(winnow.err()).contains(registry.url() + "/apis answers 404", "check", "url");
    }
  }

  private static String registry(String url) throws IOException {
    return good("localhost:" + closedPort())
            .replace("topic: messages", "topic: messages, format: avro-registry")
        + "schema-registry: {url: %s}".formatted(url);
  }

  private Path write(String yaml) throws IOException {
    return Files.writeString(folder.resolve("pipeline.yaml"), yaml);
  }

  private static String good(String servers) {
    return """
        name: support
        source: {bootstrap-servers: "%s", topic: messages}
        text: body
        enrichments:
          - name: intent
            model: %s
        sink: {topic: enriched}
        dead-letters: {topic: rejected}
        """
        .formatted(servers, Winnow.model("bert-text"));
  }

  private static int closedPort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
