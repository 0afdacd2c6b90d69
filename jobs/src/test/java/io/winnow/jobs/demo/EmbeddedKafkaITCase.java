package io.winnow.jobs.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.BindException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.common.utils.Exit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class EmbeddedKafkaITCase {
  @TempDir Path folder;

  @Test
  void committedRecordsAreReadAndAbortedOnesAreNot() throws Exception {
    try (EmbeddedKafka kafka = EmbeddedKafka.start(folder, 0)) {
      kafka.createTopic("messages", 2, Map.of("retention.ms", "-1"));

      send(kafka, "lost", false);
      send(kafka, "kept", true);

      assertThat(read(kafka, 1)).containsExactly("kept");
      assertThat(kafka.failure()).isEmpty();
    }
  }

  @Test
  void aSecondStartOnTheSameFolderFindsTheRecordsOfTheFirst() throws Exception {
    try (EmbeddedKafka kafka = EmbeddedKafka.start(folder, 0)) {
      kafka.createTopic("messages", 1, Map.of());
      send(kafka, "first", true);
    }
    try (EmbeddedKafka kafka = EmbeddedKafka.start(folder, 0)) {
      kafka.createTopic("messages", 1, Map.of());
      send(kafka, "second", true);

      assertThat(read(kafka, 2)).containsExactly("first", "second");
    }
  }

  @Test
  void aTakenPortIsNamedTogetherWithTheOptionThatChoosesAnother() throws Exception {
    try (ServerSocket other = new ServerSocket(0)) {
      int port = other.getLocalPort();

      assertThatThrownBy(() -> EmbeddedKafka.start(folder, port))
          .isInstanceOf(BindException.class)
          .hasMessageContaining("Port " + port + " of 127.0.0.1 is needed for Kafka")
          .hasMessageContaining("choose another with --kafka-port");
      assertThat(folder).isEmptyDirectory();
    }
  }

  @Test
  void aPortThatIsNoneIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> EmbeddedKafka.start(folder, 65_536))
        .withMessage("--kafka-port must be from 0 (a free port) to 65535, but is 65536");
  }

  @Test
  void aFolderOfAnotherBrokerIsNamed() throws Exception {
    Path data = Files.createDirectory(folder.resolve("data"));
    Files.writeString(data.resolve("meta.properties"), "version=1\nnode.id=7\ncluster.id=other\n");

    assertThatThrownBy(() -> EmbeddedKafka.start(folder, 0))
        .hasMessageContaining("did not start")
        .hasMessageContaining(folder.toString());
  }

  @Test
  void nothingIsPrintedAndNoThreadHoldsTheProcess() throws Exception {
    List<Thread> before = nonDaemons();
    PrintStream standardOutput = System.out;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
    try (EmbeddedKafka kafka = EmbeddedKafka.start(folder, 0)) {
      kafka.createTopic("messages", 1, Map.of());
    } finally {
      System.setOut(standardOutput);
    }

    assertThat(printed.toString(StandardCharsets.UTF_8)).isEmpty();
    assertThat(nonDaemons()).isSubsetOf(before);
  }

  @Test
  void aBrokerThatWantsToEndTheProcessIsRefusedAndRemembered() throws Exception {
    try (EmbeddedKafka kafka = EmbeddedKafka.start(folder, 0)) {
      assertThatThrownBy(() -> Exit.halt(1, "disk is full"))
          .isInstanceOf(IllegalStateException.class);

      assertThat(kafka.failure())
          .contains(
              "The embedded Kafka broker gave up with status 1 (disk is full); its log says why");
    }
  }

  private static List<Thread> nonDaemons() {
    return Thread.getAllStackTraces().keySet().stream().filter(t -> !t.isDaemon()).toList();
  }

  private static void send(EmbeddedKafka kafka, String value, boolean commit) throws Exception {
    Map<String, Object> config =
        Map.of("bootstrap.servers", kafka.bootstrapServers(), "transactional.id", "test");
    try (KafkaProducer<String, String> producer =
        new KafkaProducer<>(config, new StringSerializer(), new StringSerializer())) {
      producer.initTransactions();
      producer.beginTransaction();
      producer.send(new ProducerRecord<>("messages", 0, "key", value)).get();
      if (commit) {
        producer.commitTransaction();
      } else {
        producer.abortTransaction();
      }
    }
  }

  private static List<String> read(EmbeddedKafka kafka, int count) {
    Map<String, Object> config =
        Map.of(
            "bootstrap.servers", kafka.bootstrapServers(),
            "group.id", "readers",
            "isolation.level", "read_committed",
            "auto.offset.reset", "earliest");
    List<String> values = new ArrayList<>();
    try (KafkaConsumer<String, String> consumer =
        new KafkaConsumer<>(config, new StringDeserializer(), new StringDeserializer())) {
      consumer.subscribe(List.of("messages"));
      while (values.size() < count) {
        for (ConsumerRecord<String, String> record : consumer.poll(Duration.ofSeconds(1))) {
          values.add(record.value());
        }
      }
    }
    return values;
  }
}
