package io.winnow.jobs.demo;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import kafka.tools.StorageTool;
import org.apache.kafka.common.Uuid;

/** Settings of a broker that is alone, small and quick to start. */
record BrokerSettings(Path folder, ListenPorts ports) {
  private static final String NODE = "1";

  private Path data() {
    return folder.toAbsolutePath().resolve("data");
  }

  /** Returns the broker's configuration. */
  Map<String, String> properties() {
    Map<String, String> properties = new TreeMap<>(single());
    properties.putAll(small());
    properties.put("log.dirs", data().toString());
    properties.put(
        "listeners",
        "PLAINTEXT://%1$s:%2$d,CONTROLLER://%1$s:%3$d"
            .formatted(ListenPorts.HOST, ports.broker(), ports.controller()));
    properties.put("advertised.listeners", "PLAINTEXT://" + ports.bootstrapServers());
    properties.put(
        "controller.quorum.voters",
        "%s@%s:%d".formatted(NODE, ListenPorts.HOST, ports.controller()));
    return properties;
  }

  /** One node is broker and controller, and holds the only replica of everything. */
  private static Map<String, String> single() {
    return Map.of(
        "node.id", NODE,
        "process.roles", "broker,controller",
        "controller.listener.names", "CONTROLLER",
        "listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT",
        "offsets.topic.replication.factor", "1",
        "transaction.state.log.replication.factor", "1",
        "transaction.state.log.min.isr", "1",
        "share.coordinator.state.topic.replication.factor", "1",
        "share.coordinator.state.topic.min.isr", "1");
  }

  private static Map<String, String> small() {
    return Map.of(
        "auto.create.topics.enable", "false", // a mistyped topic is an error, not a new topic
        "group.initial.rebalance.delay.ms", "0",
        "offsets.topic.num.partitions", "1",
        "transaction.state.log.num.partitions", "4",
        "num.network.threads", "1",
        "num.io.threads", "2",
        "background.threads", "2",
        "log.index.size.max.bytes", "1048576", // preallocated for every segment: 10 MiB by default
        "log.cleaner.dedupe.buffer.size", "4194304"); // on the heap: 128 MiB by default
  }

  /** Prepares the folder for its first start; does nothing on later ones. */
  void format() throws IOException {
    if (Files.exists(data().resolve("meta.properties"))) {
      return;
    }

    Files.createDirectories(folder);
    Path file = folder.resolve("server.properties");
    Properties properties = new Properties();
    properties.putAll(properties());
    try (Writer writer = Files.newBufferedWriter(file)) {
      properties.store(writer, null);
    }

    ByteArrayOutputStream said = new ByteArrayOutputStream();
    String[] command = {
      "format", "--config", file.toString(), "--cluster-id", Uuid.randomUuid().toString()
    };
    int status;
    try (PrintStream sink = new PrintStream(said, true, StandardCharsets.UTF_8)) {
      status = StorageTool.execute(command, sink);
    }
    if (status != 0) {
      throw new IOException(
          "Kafka could not format %s (status %d): %s; empty the folder or choose another"
              .formatted(data(), status, said.toString(StandardCharsets.UTF_8).strip()));
    }
  }
}
