package io.winnow.jobs.pipeline;

import static io.winnow.jobs.pipeline.PipelineFile.parse;
import static io.winnow.jobs.pipeline.PipelineFile.problems;
import static io.winnow.jobs.pipeline.PipelineFile.with;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RegistryReaderTest {
  private static final String SOURCE =
      with("topic: messages", "topic: messages\n  format: avro-registry");
  private static final String STORES = "src/test/resources/registry/";

  @Test
  void aRegistryIsItsUrl() throws Exception {
    Pipeline pipeline = parse(SOURCE + "schema-registry: {url: \"http://registry:8081/\"}");

    assertThat(pipeline.source().format()).isEqualTo(new InputFormat.AvroRegistry());
    assertThat(pipeline.registry())
        .isEqualTo(
            new RegistryOptions(List.of(URI.create("http://registry:8081")), null, null, null));
  }

  @Test
  void everyKeyIsRead() throws Exception {
    RegistryOptions registry =
        registry(
            """
            schema-registry:
              url: https://a:8081, https://b/apis/ccompat/v7/
              username: winnow
              password: hunter2:x
              truststore: %1$sserver.pem
              keystore: %1$sserver.p12
              keystore-password: changeit
            """
                .formatted(STORES));

    assertThat(registry.urls())
        .containsExactly(URI.create("https://a:8081"), URI.create("https://b/apis/ccompat/v7"));
    assertThat(registry.authorization()).isEqualTo("Basic d2lubm93Omh1bnRlcjI6eA==");
    assertThat(Objects.requireNonNull(registry.truststore()).load().size()).isEqualTo(1);
    assertThat(Objects.requireNonNull(registry.keystore()).load().isKeyEntry("registry")).isTrue();
    assertThat(registry.toString()).doesNotContain("winnow", "hunter2", "changeit", "Basic");
    assertThat(registry.keystore().toString()).doesNotContain("changeit");
  }

  @Test
  void aTokenIsForTheBearer() throws Exception {
    assertThat(
            registry("schema-registry: {url: \"http://registry:8081\", token: 12345}")
                .authorization())
        .isEqualTo("Bearer 12345");
  }

  @Test
  void aSinkNeedsTheRegistryToo() throws Exception {
    String sink =
        with("topic: enriched", "topic: enriched\n  format: avro-registry")
            .replace(
                "topic: messages",
                "topic: messages\n  format: avro\n  schema: src/test/resources/message.avsc");
    Pipeline pipeline = parse(sink + "schema-registry: {url: \"http://registry:8081\"}");

    assertThat(pipeline.sink().format()).isEqualTo(OutputFormat.AVRO_REGISTRY);
    assertThat(pipeline.deadLetters().format()).isEqualTo(DeadLetterFormat.JSON);
    assertThat(problems(sink))
        .containsExactly(
            "p.yaml:1: schema-registry: missing; expected a mapping, as format avro-registry needs"
                + " a registry");
  }

  @Test
  void aRegistryThatNoFormatAsksForIsRefused() {
    assertThat(problems(PipelineFile.LEAST + "schema-registry: {url: \"http://registry:8081\"}"))
        .containsExactly(
            "p.yaml:13: schema-registry: expected with format avro-registry only; correct a format"
                + " or remove it");
  }

  @Test
  void aFormatWithATypoIsBlamedAlone() {
    assertThat(
            problems(
                with("topic: messages", "topic: messages\n  format: avro-registri")
                    + "schema-registry: {url: \"http://registry:8081\"}"))
        .containsExactly(
            "p.yaml:5: source.format: expected json, text, avro or avro-registry, found"
                + " 'avro-registri'; did you mean 'avro-registry'?");
  }

  @Test
  void aSinkOfJsonHasNoSchemaToDeriveFrom() {
    assertThat(
            problems(
                with("topic: enriched", "topic: enriched\n  format: avro-registry")
                    + "schema-registry: {url: \"http://registry:8081\"}"))
        .containsExactly(
            "p.yaml:11: sink.format: expected avro-registry with source.format avro-registry or"
                + " avro only, as its schema is the input's with one more field; take json or avro");
  }

  @Test
  void deadLettersHaveNoSchemaInTheRegistry() {
    assertThat(
            problems(
                SOURCE.replace("topic: rejected", "topic: rejected\n  format: avro-registry")
                    + "schema-registry: {url: \"http://registry:8081\"}"))
        .containsExactly(
            "p.yaml:14: dead-letters.format: expected json or avro, found 'avro-registry'");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | url: missing; expected an http or https URL, or several with commas between them",
        "'url: registry:8081' | url: expected an http or https URL, or several with commas between"
            + " them, without query, found 'registry:8081'",
        "'url: \"http://a,\"' | url: expected an http or https URL, or several with commas between"
            + " them, without query, found 'http://a,'",
        "'url: \"http://a?b=c\"' | url: expected an http or https URL, or several with commas"
            + " between them, without query, found 'http://a?b=c'",
        "'url: \"http://winnow:hunter2@a\"' | url: expected an http or https URL, or several with"
            + " commas between them, without query and login; use username and password",
        "'url: \"http://a\", username: b' | password: missing; expected that of username",
        "'url: \"http://a\", password: hunter2' | username: missing; expected that of password",
        "'url: \"http://a\", password: \"\", username: b' | password: expected a value, found an"
            + " empty one",
        "'url: \"http://a\", username: \"a:b\", password: hunter2' | username: expected a name"
            + " without ':', which ends it in a request",
        "'url: \"http://a\", token: \"hunter2 x\"' | token: expected ASCII characters without white"
            + " space",
        "'url: \"http://a\", token: hunter2, username: b, password: c' | token: expected either a"
            + " token or username and password; remove one",
        "'url: \"http://a\", truststore: b.p12' | truststore: expected with an https URL only;"
            + " correct url or remove it",
        "'url: \"https://a\", truststore-password: hunter2' | truststore-password: expected with"
            + " truststore only; remove it",
        "'url: \"https://a\", truststore: none.p12' | truststore: expected a PKCS12, JKS or PEM"
            + " file and its password, but 'none.p12' gives NoSuchFileException",
        "'url: \"https://a\", keystore: src/test/resources/registry/server.p12, keystore-password:"
            + " hunter2' | keystore: expected a PKCS12, JKS or PEM file and its password, but"
            + " 'src/test/resources/registry/server.p12' gives IOException",
      })
  void aWrongValueIsToldWithoutSecrets(String entries, String problem) {
    assertThat(problems(SOURCE + "schema-registry: {" + entries + "}"))
        .containsExactly("p.yaml:14: schema-registry." + problem)
        .noneMatch(text -> text.contains("hunter2"));
  }

  @Test
  void whatComesFromTheEnvironmentShowsNowhere() throws Exception {
    String yaml =
        SOURCE
            + "schema-registry: {url: \"${env:URL}\", username: \"${env:USER_NAME}\", password:"
            + " \"${env:PASS}\"}";
    Map<String, String> environment =
        Map.of("URL", "http://hidden:8081", "USER_NAME", "s3cret", "PASS", "hunter2");

    assertThat(parse(yaml, environment).toString()).isEqualTo("pipeline support");
    assertThat(problems(yaml + "\nname: x", environment))
        .noneMatch(text -> text.contains("hidden") || text.contains("s3cret"));
    assertThat(problems(yaml, Map.of("URL", "hidden", "USER_NAME", "a:s3cret", "PASS", "hunter2")))
        .hasSize(2)
        .anyMatch(text -> text.endsWith("found <from ${env:URL}>"))
        .noneMatch(text -> text.contains("hidden") || text.contains("s3cret"));
  }

  private static RegistryOptions registry(String more) throws Exception {
    return Objects.requireNonNull(parse(SOURCE + more).registry());
  }
}
