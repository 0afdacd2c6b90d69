package io.winnow.jobs.demo;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.utils.Time;

/**
 * A Kafka broker with its controller inside this JVM, reachable from this machine only.
 *
 * <p>One at a time in a JVM, as Kafka's exit procedures are global. Whoever starts it closes it;
 * the folder stays, and a later start on it finds the topics again.
 */
public final class EmbeddedKafka implements AutoCloseable {
  private static final Duration TOPIC_APPEARS_WITHIN = Duration.ofSeconds(10);

  private final KafkaRaftServer server;
  private final BrokerExit exit;
  private final String bootstrapServers;

  private EmbeddedKafka(KafkaRaftServer server, BrokerExit exit, String bootstrapServers) {
    this.server = server;
    this.exit = exit;
    this.bootstrapServers = bootstrapServers;
  }

  /**
   * Starts a broker and returns once it serves requests.
   *
   * @param folder where the broker keeps its data; created if missing
   * @param port port to listen on, or 0 for a free one
   * @throws IOException if the port is taken or the folder cannot be written
   */
  public static EmbeddedKafka start(Path folder, int port) throws IOException {
    ListenPorts ports = ListenPorts.choose(port);
    BrokerSettings settings = new BrokerSettings(folder, ports);
    settings.format();
    BrokerExit exit = BrokerExit.install();
    KafkaRaftServer server = null;
    try {
      server = new KafkaRaftServer(new KafkaConfig(settings.properties(), false), Time.SYSTEM);
      server.startup();
      return new EmbeddedKafka(server, exit, ports.bootstrapServers());
    } catch (Throwable e) {
      if (server != null) {
        stop(server);
      }
      exit.uninstall();
      throw new IOException(
          "The embedded Kafka broker did not start on %s with its data in %s: %s; look at its log, or try another port with --kafka-port"
              .formatted(ports.bootstrapServers(), folder, e.getMessage()),
          e);
    }
  }

  /** Returns where clients connect, as host and port. */
  public String bootstrapServers() {
    return bootstrapServers;
  }

  /** Returns why the broker gave up by itself, if it has; its clients would only see time-outs. */
  public Optional<String> failure() {
    return exit.failure();
  }

  /** Creates a topic that clients see on return; one that exists is left as it is. */
  public void createTopic(String name, int partitions, Map<String, String> config)
      throws IOException, InterruptedException {
    Map<String, Object> client =
        Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
    try (Admin admin = Admin.create(client)) {
      NewTopic topic = new NewTopic(name, partitions, (short) 1).configs(config);
      admin.createTopics(List.of(topic)).all().get();
      awaitTopic(admin, name);
    } catch (ExecutionException e) {
      if (!(e.getCause() instanceof TopicExistsException)) {
        throw new IOException(
            "Topic '%s' could not be created on the embedded broker at %s: %s"
                .formatted(name, bootstrapServers, e.getMessage()),
            e);
      }
    }
  }

  private static void awaitTopic(Admin admin, String name)
      throws ExecutionException, InterruptedException {
    long deadlineNanos = System.nanoTime() + TOPIC_APPEARS_WITHIN.toNanos();
    while (true) {
      try {
        admin.describeTopics(List.of(name)).allTopicNames().get();
        return;
      } catch (ExecutionException e) {
        // The controller answers before the broker has read its record of the new topic.
        if (!(e.getCause() instanceof UnknownTopicOrPartitionException)
            || System.nanoTime() > deadlineNanos) {
          throw e;
        }
        Thread.sleep(10);
      }
    }
  }

  /** Stops the broker; its data stays where it is. */
  @Override
  public void close() {
    stop(server);
    exit.uninstall();
  }

  private static void stop(KafkaRaftServer server) {
    server.shutdown();
    server.awaitShutdown();
  }
}
