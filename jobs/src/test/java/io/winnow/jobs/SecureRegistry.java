package io.winnow.jobs;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.winnow.jobs.pipeline.KeyStoreFile;
import io.winnow.jobs.registry.LocalRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import org.apache.avro.Schema;

/** A schema registry that speaks TLS only and asks its clients who they are, and what they say. */
final class SecureRegistry implements AutoCloseable {
  static final String PASSWORD = "Reg1stryPassw0rd";
  static final String TOKEN = "Reg1stryT0ken";
  static final String KEY_PASSWORD = "Reg1stryKeyPassw0rd";
  static final String TRUST_PASSWORD = "Reg1stryTrustPassw0rd";

  /** User and password as they stand in each request. */
  static final String LOGIN = base64("registry-user:" + PASSWORD);

  private final Path folder;
  private final LocalRegistry registry;

  private SecureRegistry(Path folder, LocalRegistry registry) {
    this.folder = folder;
    this.registry = registry;
  }

  /**
   * Starts it.
   *
   * @param folder gets its key stores, and the files that pipeline files take its secrets from
   */
  static SecureRegistry start(Path folder) throws Exception {
    Certificates certificates = new Certificates(folder);
    Path keys = certificates.keyStore("registry", KEY_PASSWORD);
    Path trusted =
        certificates.trustStore("registry-trusted", TRUST_PASSWORD, "registry", KEY_PASSWORD);
    writeSecrets(folder);
    LocalRegistry registry =
        LocalRegistry.startSecure(
            new KeyStoreFile(keys.toString(), KEY_PASSWORD),
            new KeyStoreFile(trusted.toString(), TRUST_PASSWORD));
    registry.requireAuthorization("Basic " + LOGIN);
    return new SecureRegistry(folder, registry);
  }

  private static void writeSecrets(Path folder) throws IOException {
    Files.writeString(folder.resolve("registry-password"), PASSWORD + "\n");
    Files.writeString(folder.resolve("registry-token"), TOKEN + "\n");
    Files.writeString(folder.resolve("registry-key-password"), KEY_PASSWORD + "\n");
    Files.writeString(folder.resolve("registry-trust-password"), TRUST_PASSWORD + "\n");
  }

  /** Adds a version to a subject, and returns the schema's id. */
  int register(String subject, Schema schema) {
    return registry.register(subject, schema);
  }

  /** Takes no password from now on. */
  void refuseLogins() {
    registry.requireAuthorization("none");
  }

  /** Returns a pipeline file like those of {@link SecureOptions}, with user and password. */
  String pipeline(String name, SecureBroker broker, String model) {
    return pipeline(
        name, broker, model, "username: registry-user, password: '${file:registry-password}'");
  }

  /** Returns the same with a token, which this registry does not take. */
  String pipelineWithToken(String name, SecureBroker broker, String model) {
    return pipeline(name, broker, model, "token: '${file:registry-token}'");
  }

  private String pipeline(String name, SecureBroker broker, String model, String login) {
    return """
        name: %1$s
        source: {bootstrap-servers: "%2$s", topic: %1$s.in, format: avro-registry}
        text: body
        enrichments: [{name: intent, model: "%3$s", parallelism: 1}]
        sink: {topic: %1$s.out, format: avro-registry}
        dead-letters: {topic: %1$s.dead}
        checkpoint-interval: 500ms
        schema-registry:
          {url: "%4$s", keystore: "%5$s", keystore-password: '${file:registry-key-password}',
          truststore: "%6$s", truststore-password: '${file:registry-trust-password}', %7$s}
        """
            .formatted(
                name,
                broker.servers(SecureOptions.SCRAM.name()),
                model,
                registry.url(),
                folder.resolve("registry.p12"),
                folder.resolve("registry-trusted.p12"),
                login)
        + SecureOptions.SCRAM.section(broker);
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
  }

  @Override
  public void close() {
    registry.close();
  }
}
