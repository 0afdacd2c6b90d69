package io.winnow.deploy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands that judge a new model, as they stand in the README. */
class NewModelITCase {
  private static final Pattern COMMANDS =
      Pattern.compile("## Judging a new model\\n.*?```sh\\n(.*?)```", Pattern.DOTALL);
  private static final Path MODEL = Launcher.ROOT.resolve("deploy/models/support");
  private static final String CANDIDATE = "candidate";
  private static final Instant YESTERDAY = Instant.parse("2026-01-30T08:00:00Z");
  private static final Duration BETWEEN = Duration.ofMinutes(30);
  private static final int HOURS_LEFT = 16;
  private static final int OF_THE_DAY = HOURS_LEFT * 2;
  private static final int EVENTS = OF_THE_DAY + 8;
  private static final int PARTITIONS = 2;
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  @TempDir Path folder;

  @Test
  void theCommandsOfTheReadmeTellWhatANewModelSaysOtherwise() throws Exception {
    prepareModels();
    try (BrokerProcess broker = BrokerProcess.start(folder)) {
      createTopics(broker);
      produce(broker);
      Path pipeline = pipeline(broker);
      shell("winnow replay pipeline.yaml --from earliest --to now"); // in place of the live job

      String out = shell(commands());

      assertThat(out)
          .contains("candidate.yaml is valid", "in both        " + OF_THE_DAY + " records")
          .contains("head support/intent, " + OF_THE_DAY + " texts of messages", "A -> B");
      JsonNode diff = new ObjectMapper().readTree(folder.resolve("diff.json").toFile());
      assertThat(diff.path("joined").asInt()).isEqualTo(OF_THE_DAY);
      assertThat(diff.path("a").path("only").asInt()).isZero();
      assertThat(diff.path("b").path("only").asInt()).isZero();
      JsonNode entities = head(diff, "entities");
      JsonNode intent = head(diff, "intent");
      assertThat(intent.path("a").path("modelVersion").asText()).isNotEqualTo(CANDIDATE);
      assertThat(intent.path("b").path("modelVersion").asText()).isEqualTo(CANDIDATE);
      assertThat(intent.path("agreement").asDouble()).isLessThan(1);
      assertThat(intent.path("changes").get(0).path("b").isNull()).isTrue(); // a higher threshold
      assertThat(intent.path("disagreements").get(0).path("text").asText()).isNotEmpty();
      assertThat(entities.path("agreement").asDouble()).isEqualTo(1);
      assertThat(folder.resolve("diff.html"))
          .content()
          .startsWith("<!doctype html>")
          .contains("</b> messages.enriched", "</b> messages.candidate");
      assertThat(pipeline).content().contains("deploy/models/support-2");
    }
  }

  private static JsonNode head(JsonNode diff, String name) {
    for (JsonNode head : diff.path("heads")) {
      if (head.path("head").asText().equals(name)) {
        return head;
      }
    }
    throw new AssertionError("Expected the head " + name + " in " + diff);
  }

  private static String commands() throws IOException {
    Matcher readme =
        COMMANDS.matcher(Files.readString(Launcher.ROOT.resolve("jobs/README.md"), UTF_8));
    assertThat(readme.find()).isTrue();
    return readme.group(1);
  }

  /** Makes the new model of the present one: it is surer before it gives an intent. */
  private void prepareModels() throws IOException {
    Path models = Files.createDirectories(folder.resolve("deploy/models"));
    Files.createSymbolicLink(models.resolve("support"), MODEL);
    Path candidate = Files.createDirectory(models.resolve("support-2"));
    for (String file : List.of("model_quantized.onnx", "tokenizer.json", "config.json")) {
      Files.copy(MODEL.resolve(file), candidate.resolve(file));
    }
    Files.copy(MODEL.resolve("tokenizer_config.json"), candidate.resolve("tokenizer_config.json"));
    Files.writeString(
        candidate.resolve("winnow.yaml"),
        Files.readString(MODEL.resolve("winnow.yaml"))
            .replaceFirst("(?s)\nseal:.*", "\n") // it is another model
            .replaceFirst("version: \".*\"", "version: \"" + CANDIDATE + "\"")
            .replace("output: intent_logits", "output: intent_logits\n    min-score: 0.99"));
  }

  private Path pipeline(BrokerProcess broker) throws IOException {
    return Files.writeString(
        folder.resolve("pipeline.yaml"),
        """
        name: support-messages
        source:
          bootstrap-servers: %s
          topic: messages
        text: text
        enrichments:
          - name: support
            model: deploy/models/support
        sink:
          topic: messages.enriched
        dead-letters:
          topic: messages.rejected
        checkpoint-interval: 500ms
        """
            .formatted(broker.servers()));
  }

  private static void createTopics(BrokerProcess broker) throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.servers()))) {
      Awaitility.await()
          .atMost(PATIENCE)
          .ignoreExceptions()
          .until(() -> !admin.describeCluster().nodes().get().isEmpty());
      List<NewTopic> topics = new ArrayList<>();
      for (String name : List.of("messages", "messages.enriched", "messages.rejected")) {
        topics.add(
            new NewTopic(name, Optional.of(PARTITIONS), Optional.empty())
                .configs(Map.of("retention.ms", "-1"))); // the records of the test are old
      }
      admin.createTopics(topics).all().get();
    }
  }

  /** Writes events from the morning of the day on, into the next one. */
  private static void produce(BrokerProcess broker) throws Exception {
    List<String> texts =
        List.of(
            "My card has not arrived in Leeds",
            "Somebody stole my card in Berlin, please help",
            "What about it then",
            "hmm");
    List<Future<RecordMetadata>> sent = new ArrayList<>();
    try (var producer =
        new KafkaProducer<>(
            Map.<String, Object>of("bootstrap.servers", broker.servers()),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      for (int i = 0; i < EVENTS; i++) {
        long time = YESTERDAY.plus(BETWEEN.multipliedBy(i)).toEpochMilli();
        String value = "{\"text\": \"%s\"}".formatted(texts.get(i % texts.size()));
        sent.add(
            producer.send(
                new ProducerRecord<>(
                    "messages", i % PARTITIONS, time, null, value.getBytes(UTF_8))));
      }
    }
    for (Future<RecordMetadata> record : sent) {
      record.get();
    }
  }

  /** Runs commands as a user does who has the launcher on the path, and returns what they print. */
  private String shell(String commands) throws Exception {
    Path out = Files.createTempFile(folder, "out", ".txt");
    Path err = Files.createTempFile(folder, "err", ".txt");
    ProcessBuilder builder =
        new ProcessBuilder("bash", "-euc", commands)
            .directory(folder.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    String path = Launcher.ROOT.resolve("deploy/local") + ":" + System.getenv("PATH");
    builder.environment().put("PATH", path);
    builder
        .environment() // replays are kept in the home folder
        .put("JAVA_OPTS", JavaProcess.COMPILER + " -Duser.home=" + folder);
    Process process = builder.start();
    try {
      assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    } finally {
      process.destroyForcibly();
    }
    assertThat(process.exitValue()).as(Files.readString(err, UTF_8)).isZero();
    return Files.readString(out, UTF_8);
  }
}
