package io.winnow.jobs;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.Writer;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.tools.StorageTool;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;

/**
 * A real broker in this JVM that asks its clients who they are, with a listener for each way to
 * tell; and one for the test itself, which asks nothing.
 *
 * <p>One at a time in a JVM. Its certificates, its user and its secrets are its own.
 */
final class SecureBroker implements AutoCloseable {
  static final String USER = "winnow";
  static final String SCRAM_PASSWORD = "Scr4mPassw0rd";
  static final String CLIENT_SECRET = "0authCl1entS3cret";
  static final String KEY_PASSWORD = "Cl1entKeyPassw0rd";
  static final String TRUST_PASSWORD = "TrustSt0rePassw0rd";

  /** What stands in Kafka's way to any URL that its own code asks for a token. */
  private static final String ALLOWED_URLS = "org.apache.kafka.sasl.oauthbearer.allowed.urls";

  private static final String HOST = "127.0.0.1";
  private static final String SERVERS_PASSWORD = "ServersOwnPassw0rd";
  private static final List<String> LISTENERS =
      List.of("PLAIN", "TLS", "SCRAM", "OAUTH", "CONTROLLER");

  private final Path folder;
  private final IdentityProvider provider;
  private final Map<String, Integer> ports;
  private final KafkaRaftServer server;

  private SecureBroker(
      Path folder, IdentityProvider provider, Map<String, Integer> ports, KafkaRaftServer server) {
    this.folder = folder;
    this.provider = provider;
    this.ports = ports;
    this.server = server;
  }

  static SecureBroker start(Path folder) throws Exception {
    Certificates certificates = new Certificates(folder);
    certificates.keyStore("broker", SERVERS_PASSWORD);
    certificates.keyStore("client", KEY_PASSWORD);
    certificates.keyStore("stranger", SERVERS_PASSWORD);
    certificates.trustStore("trusted", TRUST_PASSWORD, "broker", SERVERS_PASSWORD);
    certificates.trustStore("others", TRUST_PASSWORD, "stranger", SERVERS_PASSWORD);
    certificates.trustStore("clients", SERVERS_PASSWORD, "client", KEY_PASSWORD);
    IdentityProvider provider = IdentityProvider.start(USER, CLIENT_SECRET);
    System.setProperty(ALLOWED_URLS, provider.tokenUrl() + "," + provider.keysUrl());

    Map<String, Integer> ports = freePorts();
    Properties properties = properties(folder, provider, ports);
    format(folder, properties);
    KafkaRaftServer server = new KafkaRaftServer(new KafkaConfig(properties, false), Time.SYSTEM);
    server.startup();
    SecureBroker broker = new SecureBroker(folder, provider, ports, server);
    broker.addUser();
    return broker;
  }

  /** Returns clients that nobody asks who they are. */
  Clients clients() {
    return new Clients(servers("PLAIN"));
  }

  /** Returns where a listener is, as host and port. */
  String servers(String listener) {
    return HOST + ":" + ports.get(listener);
  }

  /** Returns a file with a client's options, in the folder of the broker. */
  Path store(String name) {
    return folder.resolve(name + ".p12");
  }

  String tokenUrl() {
    return provider.tokenUrl();
  }

  void topics(int partitions, String... names) throws InterruptedException, ExecutionException {
    try (Admin admin = admin()) {
      for (String name : names) {
        admin.createTopics(List.of(new NewTopic(name, partitions, (short) 1))).all().get();
      }
    }
  }

  private void addUser() throws InterruptedException, ExecutionException {
    try (Admin admin = admin()) {
      admin
          .alterUserScramCredentials(
              List.of(
                  new UserScramCredentialUpsertion(
                      USER,
                      new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_512, 4_096),
                      SCRAM_PASSWORD)))
          .all()
          .get();
    }
  }

  private Admin admin() {
    Map<String, Object> settings =
        Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, servers("PLAIN"));
    return Admin.create(settings);
  }

  private static Properties properties(
      Path folder, IdentityProvider provider, Map<String, Integer> ports) {
    List<String> listeners = new ArrayList<>();
    LISTENERS.forEach(name -> listeners.add("%s://%s:%d".formatted(name, HOST, ports.get(name))));
    Properties properties = new Properties();
    properties.putAll(
        Map.of(
            "node.id", "1",
            "process.roles", "broker,controller",
            "log.dirs", folder.resolve("data").toString(),
            "listeners", String.join(",", listeners),
            "advertised.listeners", String.join(",", listeners.subList(0, listeners.size() - 1)),
            "listener.security.protocol.map",
                "PLAIN:PLAINTEXT,TLS:SSL,SCRAM:SASL_SSL,OAUTH:SASL_SSL,CONTROLLER:PLAINTEXT",
            "controller.listener.names", "CONTROLLER",
            "inter.broker.listener.name", "PLAIN",
            "controller.quorum.voters", "1@%s:%d".formatted(HOST, ports.get("CONTROLLER"))));
    properties.putAll(
        Map.of(
            "auto.create.topics.enable", "false",
            "group.initial.rebalance.delay.ms", "0",
            "offsets.topic.num.partitions", "1",
            "offsets.topic.replication.factor", "1",
            "transaction.state.log.num.partitions", "4",
            "transaction.state.log.replication.factor", "1",
            "transaction.state.log.min.isr", "1",
            "log.index.size.max.bytes", "1048576",
            "log.cleaner.dedupe.buffer.size", "4194304"));
    properties.putAll(
        Map.of(
            "ssl.keystore.location",
            folder.resolve("broker.p12").toString(),
            "ssl.keystore.password",
            SERVERS_PASSWORD,
            "ssl.truststore.location",
            folder.resolve("clients.p12").toString(),
            "ssl.truststore.password",
            SERVERS_PASSWORD,
            "listener.name.tls.ssl.client.auth",
            "required",
            "listener.name.scram.sasl.enabled.mechanisms",
            "SCRAM-SHA-512",
            "listener.name.scram.scram-sha-512.sasl.jaas.config",
            "org.apache.kafka.common.security.scram.ScramLoginModule required;"));
    properties.putAll(
        Map.of(
            "listener.name.oauth.sasl.enabled.mechanisms",
            "OAUTHBEARER",
            "listener.name.oauth.oauthbearer.sasl.jaas.config",
            "org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginModule required;",
            "listener.name.oauth.oauthbearer.sasl.server.callback.handler.class",
            "org.apache.kafka.common.security.oauthbearer.OAuthBearerValidatorCallbackHandler",
            "sasl.oauthbearer.jwks.endpoint.url",
            provider.keysUrl(),
            "sasl.oauthbearer.expected.audience",
            IdentityProvider.AUDIENCE,
            "sasl.oauthbearer.expected.issuer",
            provider.issuer()));
    return properties;
  }

  private static void format(Path folder, Properties properties) throws IOException {
    Path file = folder.resolve("server.properties");
    try (Writer writer = Files.newBufferedWriter(file)) {
      properties.store(writer, null);
    }
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    String[] command = {
      "format", "--config", file.toString(), "--cluster-id", Uuid.randomUuid().toString()
    };
    try (PrintStream out = new PrintStream(said, true, StandardCharsets.UTF_8)) {
      if (StorageTool.execute(command, out) != 0) {
        throw new IOException("Kafka could not format: " + said.toString(StandardCharsets.UTF_8));
      }
    }
  }

  /** All are held until all are known, so that they differ. */
  private static Map<String, Integer> freePorts() throws IOException {
    Map<String, Integer> ports = new HashMap<>();
    List<ServerSocket> held = new ArrayList<>();
    for (String listener : LISTENERS) {
      ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
      held.add(socket);
      ports.put(listener, socket.getLocalPort());
    }
    for (ServerSocket socket : held) {
      socket.close();
    }
    return ports;
  }

  /** Stops serving; what clients do then is up to them. */
  void stop() {
    server.shutdown();
    server.awaitShutdown();
  }

  @Override
  public void close() {
    stop();
    provider.close();
    System.clearProperty(ALLOWED_URLS);
  }
}
