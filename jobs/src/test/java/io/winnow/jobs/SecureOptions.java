package io.winnow.jobs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a pipeline file says to reach a listener of a {@link SecureBroker}. */
enum SecureOptions {
  TLS {
    @Override
    void addTo(Map<String, String> options, SecureBroker broker) {
      options.put("security.protocol", "SSL");
      options.put("ssl.keystore.location", broker.store("client").toString());
      options.put("ssl.keystore.password", "${file:key-password}");
    }
  },
  SCRAM {
    @Override
    void addTo(Map<String, String> options, SecureBroker broker) {
      options.put("security.protocol", "SASL_SSL");
      options.put("sasl.mechanism", "SCRAM-SHA-512");
      options.put(
          "sasl.jaas.config",
          "org.apache.kafka.common.security.scram.ScramLoginModule required username=\"%s\" password=\"${file:scram-password}\";"
              .formatted(SecureBroker.USER));
    }
  },
  OAUTH {
    @Override
    void addTo(Map<String, String> options, SecureBroker broker) {
      options.put("security.protocol", "SASL_SSL");
      options.put("sasl.mechanism", "OAUTHBEARER");
      options.put(
          "sasl.login.callback.handler.class",
          "org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginCallbackHandler");
      options.put(
          "sasl.jaas.config",
          "org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginModule required;");
      options.put("sasl.oauthbearer.token.endpoint.url", broker.tokenUrl());
      options.put("sasl.oauthbearer.client.credentials.client.id", SecureBroker.USER);
      options.put("sasl.oauthbearer.client.credentials.client.secret", "${file:client-secret}");
    }
  };

  abstract void addTo(Map<String, String> options, SecureBroker broker);

  /** Writes the files that pipeline files take their secrets from. */
  static void writeSecrets(Path folder) throws IOException {
    Files.writeString(folder.resolve("key-password"), SecureBroker.KEY_PASSWORD + "\n");
    Files.writeString(folder.resolve("trust-password"), SecureBroker.TRUST_PASSWORD + "\n");
    Files.writeString(folder.resolve("scram-password"), SecureBroker.SCRAM_PASSWORD + "\n");
    Files.writeString(folder.resolve("client-secret"), SecureBroker.CLIENT_SECRET + "\n");
  }

  /** Returns the section {@code kafka} of a pipeline file. */
  String section(SecureBroker broker) {
    Map<String, String> options = new LinkedHashMap<>();
    options.put("ssl.truststore.location", broker.store("trusted").toString());
    options.put("ssl.truststore.password", "${file:trust-password}");
    addTo(options, broker);
    StringBuilder section = new StringBuilder("kafka:\n");
    options.forEach((key, value) -> section.append("  %s: '%s'%n".formatted(key, value)));
    return section.toString();
  }

  /** Returns a pipeline file with a tiny model, on the topics NAME.in, NAME.out and NAME.dead. */
  String pipeline(String name, SecureBroker broker, String model) {
    return """
        name: %1$s
        source: {bootstrap-servers: "%2$s", topic: %1$s.in}
        text: text
        enrichments: [{name: intent, model: "%3$s", parallelism: 1}]
        sink: {topic: %1$s.out}
        dead-letters: {topic: %1$s.dead}
        checkpoint-interval: 500ms
        """
            .formatted(name, broker.servers(name()), model)
        + section(broker);
  }
}
