package io.winnow.jobs.pipeline;

import static io.winnow.jobs.pipeline.PipelineFile.LEAST;
import static io.winnow.jobs.pipeline.PipelineFile.parse;
import static io.winnow.jobs.pipeline.PipelineFile.problems;
import static io.winnow.jobs.pipeline.PipelineFile.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

import io.winnow.operators.config.ConfigurationException;
import io.winnow.operators.flink.Batching;
import io.winnow.operators.model.Aggregation;
import io.winnow.operators.seal.GoldenPolicy;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PipelineTest {
  private static final String DURATION =
      "expected a duration of at least 100 ms with its unit, such as 10s, 500ms or 5 min, found ";

  @TempDir Path folder;

  @Test
  void leastFileTakesTheDefaults() throws Exception {
    Pipeline pipeline = parse(LEAST);

    assertThat(pipeline.name()).isEqualTo("support");
    assertThat(pipeline.source())
        .isEqualTo(
            new SourceOptions(
                "localhost:9092", "messages", new InputFormat.Json(), new Start.Committed()));
    assertThat(pipeline.text()).containsExactly(new TextPath(List.of("body"), false));
    assertThat(pipeline.enrichments())
        .containsExactly(
            new EnrichmentOptions(
                "intent",
                Path.of("models/intent").toAbsolutePath().toUri(),
                null,
                List.of(),
                null,
                null,
                null,
                GoldenPolicy.FAIL,
                Batching.EXACT,
                null));
    assertThat(pipeline.maxRecordBytes()).isEqualTo(16_777_216);
    assertThat(pipeline.maxModelBytes()).isEqualTo(4_294_967_296L);
    assertThat(pipeline.answerCacheBytes()).isEqualTo(33_554_432L);
    assertThat(pipeline.sink())
        .isEqualTo(new SinkOptions("enriched", OutputFormat.JSON, Delivery.EXACTLY_ONCE));
    assertThat(pipeline.deadLetters())
        .isEqualTo(new DeadLetterOptions("rejected", DeadLetterFormat.JSON));
    assertThat(pipeline.checkpointInterval()).isEqualTo(Duration.ofSeconds(10));
    assertThat(pipeline.transactionTimeout()).isEqualTo(Duration.ofMinutes(15));
    assertThat(pipeline.crashLimit()).isEqualTo(3);
    assertThat(pipeline.crashJournal()).isNull();
    assertThat(pipeline.kafka()).isEmpty();
  }

  @Test
  void everyKeyIsRead() throws Exception {
    Pipeline pipeline =
        parse(
            """
            name: support
            source:
              bootstrap-servers: a:9092, b:9092
              topic: messages
              format: json
              start: earliest
            text: [subject?, message.body]
            enrichments:
              - name: support
                model: /models/support
                parallelism: 4
                heads: [intent, entities]
                top-k: 2
                min-score: 0.6
                aggregation: first
                golden-records: warn
                batching: sorted
                batching-wait: 20ms
              - name: language
                model: s3://models/language
            sink:
              topic: messages.enriched
              format: avro
              delivery: at-least-once
            dead-letters:
              topic: messages.rejected
              format: json
            max-record-bytes: 1048576
            max-model-bytes: 500 mb
            answer-cache-bytes: 0
            checkpoint-interval: 500ms
            transaction-timeout: 1 min
            crash-limit: 0
            crash-journal: s3://state/crashes
            kafka: {security.protocol: SASL_SSL, linger.ms: 5}
            """);

    assertThat(pipeline.source().bootstrapServers()).isEqualTo("a:9092, b:9092");
    assertThat(pipeline.source().start()).isEqualTo(new Start.Earliest());
    assertThat(pipeline.text())
        .containsExactly(
            new TextPath(List.of("subject"), true),
            new TextPath(List.of("message", "body"), false));
    assertThat(pipeline.enrichments().get(0))
        .isEqualTo(
            new EnrichmentOptions(
                "support",
                URI.create("file:///models/support"),
                4,
                List.of("intent", "entities"),
                2,
                0.6,
                Aggregation.FIRST,
                GoldenPolicy.WARN,
                Batching.sorted(Duration.ofMillis(20)),
                null));
    assertThat(pipeline.enrichments().get(1).model()).isEqualTo(URI.create("s3://models/language"));
    assertThat(pipeline.sink())
        .isEqualTo(new SinkOptions("messages.enriched", OutputFormat.AVRO, Delivery.AT_LEAST_ONCE));
    assertThat(pipeline.deadLetters())
        .isEqualTo(new DeadLetterOptions("messages.rejected", DeadLetterFormat.JSON));
    assertThat(pipeline.maxRecordBytes()).isEqualTo(1_048_576);
    assertThat(pipeline.maxModelBytes()).isEqualTo(524_288_000L);
    assertThat(pipeline.answerCacheBytes()).isZero();
    assertThat(pipeline.checkpointInterval()).isEqualTo(Duration.ofMillis(500));
    assertThat(pipeline.transactionTimeout()).isEqualTo(Duration.ofMinutes(1));
    assertThat(pipeline.crashLimit()).isZero();
    assertThat(pipeline.crashJournal()).isEqualTo(URI.create("s3://state/crashes"));
    assertThat(pipeline.kafka())
        .isEqualTo(Map.of("security.protocol", "SASL_SSL", "linger.ms", "5"));
  }

  @Test
  void fingerprintsGoToTheEnrichmentsOfTheirNames() throws Exception {
    Pipeline pipeline = parse(LEAST);

    assertThat(pipeline.withFingerprints(Map.of("intent", "0f")).enrichments())
        .extracting(EnrichmentOptions::name, EnrichmentOptions::fingerprint)
        .containsExactly(tuple("intent", "0f"));
    assertThat(pipeline.withFingerprints(Map.of())).usingRecursiveComparison().isEqualTo(pipeline);
  }

  @Test
  void whatKafkaTakesAsASecretIsConcealedThoughItStandsInTheFile() throws Exception {
    Pipeline pipeline =
        parse(
            LEAST
                + """
                kafka:
                  sasl.jaas.config: LoginModule required username="ann" password="s3 cret";
                  ssl.keystore.password: changeit
                  ssl.keystore.key: BEGIN
                  security.protocol: SASL_SSL
                """);

    assertThat(pipeline.secrets().hide("ann: s3 cret, changeit, BEGIN, SASL_SSL"))
        .isEqualTo(
            "ann: <kafka.sasl.jaas.config>, <kafka.ssl.keystore.password>,"
                + " <kafka.ssl.keystore.key>, SASL_SSL");
  }

  @Test
  void everyProblemIsToldAtOnceWithItsLine() {
    String yaml =
        """
        nam: support
        source:
          bootstrap-servers: localhost
          topic: messages
          format: protobuf
          start: yesterday
        text: [body, 7]
        enrichments:
          - name: intent
            model: models/intent
            parallelism: 0
          - name: intent
            modle: models/other
        sink:
          topic: messages
          format: jsom
        checkpoint-interval: 10
        kafka: {group.id: mine}
        """;

    assertThat(problems(yaml))
        .containsExactly(
            "p.yaml:1: name: missing; expected a name of letters, digits, '.', '_' and '-'",
            "p.yaml:1: dead-letters: missing; expected a mapping",
            "p.yaml:1: nam: unknown key; did you mean 'name'?",
            "p.yaml:3: source.bootstrap-servers: expected host:port, or several with commas between"
                + " them, found 'localhost'",
            "p.yaml:5: source.format: expected json, text, avro or avro-registry, found"
                + " 'protobuf'",
            "p.yaml:6: source.start: expected earliest, latest, committed, a date (2026-01-31) or a"
                + " date-time with its zone (2026-01-31T12:00:00Z) from 1970 on, found 'yesterday'",
            "p.yaml:7: text[1]: expected a field path such as subject, message.body or title?,"
                + " found 7; put it in quotes",
            "p.yaml:11: enrichments[0].parallelism: expected a whole number from 1 to 32768, found 0",
            "p.yaml:12: enrichments[1].model: missing; expected a path or a URI of a folder",
            "p.yaml:12: enrichments[1].name: expected a name of its own, but enrichments[0] has it",
            "p.yaml:13: enrichments[1].modle: unknown key; did you mean 'model'?",
            "p.yaml:15: sink.topic: expected another topic than source.topic; the job would read"
                + " what it writes",
            "p.yaml:16: sink.format: expected json, avro or avro-registry, found 'jsom'; did you"
                + " mean 'json'?",
            "p.yaml:17: checkpoint-interval: " + DURATION + "10",
            "p.yaml:18: kafka.group.id: expected no option that Winnow sets itself; use name");
  }

  @Test
  void emptyMappingMissesEverySectionOnce() {
    assertThat(problems("{}"))
        .containsExactly(
            "p.yaml:1: name: missing; expected a name of letters, digits, '.', '_' and '-'",
            "p.yaml:1: source: missing; expected a mapping",
            "p.yaml:1: sink: missing; expected a mapping",
            "p.yaml:1: text: missing; expected a list, each a field path such as subject,"
                + " message.body or title?",
            "p.yaml:1: enrichments: missing; expected a list of mappings",
            "p.yaml:1: dead-letters: missing; expected a mapping");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "support-messages", "a.b_c-1", "2nd"})
  void nameIsOneWord(String name) throws Exception {
    assertThat(PipelineFile.parseWith("name: support", "name: " + name).name()).isEqualTo(name);
  }

  @ParameterizedTest
  @ValueSource(strings = {"two words", "a/b", "-a", ".a", "žluť", "a:b", " a"})
  void otherNameIsRefused(String name) {
    assertThat(problems(with("name: support", "name: '" + name + "'")))
        .containsExactly(
            "p.yaml:1: name: expected a name of letters, digits, '.', '_' and '-', found '"
                + name
                + "'");
  }

  @ParameterizedTest
  @CsvSource({
    "dead-letters, messages, source.topic; the job would read what it rejected",
    "dead-letters, enriched, sink.topic; its readers expect enriched events",
    "sink, messages, source.topic; the job would read what it writes",
  })
  void topicsDiffer(String section, String topic, String why) {
    String own = section.equals("sink") ? "enriched" : "rejected";

    assertThat(problems(with("topic: " + own, "topic: " + topic)))
        .containsExactly(
            "p.yaml:%d: %s.topic: expected another topic than %s"
                .formatted(section.equals("sink") ? 10 : 12, section, why));
  }

  @ParameterizedTest
  @ValueSource(strings = {".", "..", "two words", "a/b"})
  void topicIsOneThatKafkaTakes(String topic) {
    assertThat(problems(with("topic: enriched", "topic: '" + topic + "'")))
        .containsExactly(
            "p.yaml:10: sink.topic: expected a topic name of at most 249 letters, digits, '.', '_'"
                + " and '-', found '"
                + topic
                + "'");
  }

  @Test
  void deadLettersTakeTheFormatOfTheSink() throws Exception {
    assertThat(
            PipelineFile.parseWith("topic: enriched", "topic: enriched\n  format: avro")
                .deadLetters()
                .format())
        .isEqualTo(DeadLetterFormat.AVRO);
  }

  @Test
  void deliveryNamesTheNearest() {
    assertThat(problems(with("topic: enriched", "topic: enriched\n  delivery: exactly_once")))
        .containsExactly(
            "p.yaml:11: sink.delivery: expected exactly-once or at-least-once, found"
                + " 'exactly_once'; did you mean 'exactly-once'?");
  }

  @Test
  void transactionOutlastsTheCheckpointInterval() {
    assertThat(problems(LEAST + "transaction-timeout: 10s"))
        .containsExactly(
            "p.yaml:13: transaction-timeout: expected more than checkpoint-interval (10s unless"
                + " set), found '10s'");
    assertThat(problems(LEAST + "checkpoint-interval: 15 min"))
        .containsExactly(
            "p.yaml:13: checkpoint-interval: expected less than transaction-timeout (15 min unless"
                + " set), found '15 min'; set both");
  }

  @Test
  void intervalMayBeLongWhereThereAreNoTransactions() throws Exception {
    String yaml = with("topic: enriched", "topic: enriched\n  delivery: at-least-once");

    assertThat(parse(yaml + "checkpoint-interval: 1h").checkpointInterval())
        .isEqualTo(Duration.ofHours(1));
  }

  @ParameterizedTest
  @CsvSource({"99ms, '''99ms'''", "soon, '''soon'''", "0, 0"})
  void intervalIsADuration(String interval, String found) {
    assertThat(problems(LEAST + "checkpoint-interval: " + interval))
        .containsExactly("p.yaml:13: checkpoint-interval: " + DURATION + found);
  }

  @ParameterizedTest
  @CsvSource({
    "bootstrap.servers, use source.bootstrap-servers",
    "group.id, use name",
    "transactional.id, 'use name, which it derives from'",
    "transaction.timeout.ms, use transaction-timeout",
    "isolation.level, 'remove it, as only committed events are read'",
    "key.deserializer, use source.format",
    "value.deserializer, use source.format",
    "key.serializer, use sink.format",
    "value.serializer, use sink.format",
    "enable.auto.commit, 'use checkpoint-interval, as checkpoints commit offsets'",
    "auto.offset.reset, use source.start",
  })
  void kafkaOptionThatWinnowSetsIsRefused(String option, String instead) {
    assertThat(problems(LEAST + "kafka:\n  linger.ms: 5\n  " + option + ": s3cret"))
        .containsExactly(
            "p.yaml:15: kafka.%s: expected no option that Winnow sets itself; %s"
                .formatted(option, instead));
  }

  @Test
  void largestRequestIsANumber() throws Exception {
    assertThat(problems(LEAST + "kafka: {max.request.size: 4 MB}"))
        .containsExactly(
            "p.yaml:13: kafka.max.request.size: expected a number of bytes, found '4 MB'");
    assertThat(parse(LEAST + "kafka: {max.request.size: '4194304'}").kafka())
        .isEqualTo(Map.of("max.request.size", "4194304"));
  }

  @Test
  void whatIsSubstitutedShowsNowhere() throws Exception {
    Map<String, String> environment = Map.of("SECRET", "s3cret !");

    String text = parse(LEAST + "kafka: {password: '${env:SECRET}'}", environment).toString();
    assertThat(text).isEqualTo("pipeline support");
    assertThat(parse(with("support", "${env:NAME}"), Map.of("NAME", "s3cret")))
        .hasToString("pipeline <from ${env:NAME}>");

    String everywhere =
        """
        name: ${env:SECRET}
        source:
          bootstrap-servers: ${env:SECRET}
          topic: ${env:SECRET}
          format: ${env:SECRET}
          schema: ${env:SECRET}
          start: ${env:SECRET}
        text: ["${env:SECRET}.", "${env:SECRET}"]
        enrichments:
          - name: ${env:SECRET}
            model: "http://${env:SECRET}/^"
            parallelism: ${env:SECRET}
            heads: ["${env:SECRET}"]
            top-k: ${env:SECRET}
            min-score: ${env:SECRET}
            aggregation: ${env:SECRET}
        sink:
          topic: ${env:SECRET}
          format: ${env:SECRET}
          delivery: ${env:SECRET}
        dead-letters: ${env:SECRET}
        checkpoint-interval: ${env:SECRET}
        transaction-timeout: ${env:SECRET}
        kafka: {group.id: "${env:SECRET}"}
        """;
    assertThat(problems(everywhere, environment))
        .hasSizeGreaterThan(15)
        .noneMatch(problem -> problem.contains("s3cret"));
    assertThat(problems(with("support", "${env:SECRET}"), environment))
        .containsExactly(
            "p.yaml:1: name: expected a name of letters, digits, '.', '_' and '-', found <from"
                + " ${env:SECRET}>");
  }

  @Test
  void secretFilesLieBesideThePipelineFile() throws Exception {
    Files.writeString(folder.resolve("password"), "s3cret\n");
    Path file =
        Files.writeString(
            folder.resolve("pipeline.yaml"), LEAST + "kafka: {password: '${file:password}'}");

    assertThat(Pipeline.load(file).kafka()).isEqualTo(Map.of("password", "s3cret"));
  }

  @Test
  void missingFileIsNamed() {
    Path file = folder.resolve("pipeline.yaml");

    assertThatExceptionOfType(ConfigurationException.class)
        .isThrownBy(() -> Pipeline.load(file))
        .withMessage(file + ": expected a YAML file, found none");
  }
}
