package io.winnow.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.winnow.jobs.format.OutputHeaders;
import io.winnow.jobs.pipeline.Pipeline;
import io.winnow.operators.config.ConfigurationException;
import io.winnow.operators.config.Substitution;
import io.winnow.operators.flink.Batching;
import io.winnow.operators.flink.ModelReference;
import io.winnow.operators.flink.SlmOperatorFactory;
import io.winnow.operators.flink.SlmOptions;
import io.winnow.operators.flink.Stage;
import io.winnow.operators.flink.TextEvent;
import io.winnow.operators.flink.crash.CrashOptions;
import io.winnow.operators.model.HeadOptions;
import io.winnow.operators.seal.GoldenPolicy;
import io.winnow.operators.text.Reason;
import io.winnow.schemas.DeadLetter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.runtime.clusterframework.types.ResourceID;
import org.apache.flink.runtime.executiongraph.ExecutionAttemptID;
import org.apache.flink.runtime.metrics.groups.TaskManagerMetricGroup;
import org.apache.flink.runtime.metrics.util.TestingMetricRegistry;
import org.apache.flink.runtime.operators.testutils.MockEnvironment;
import org.apache.flink.runtime.operators.testutils.MockEnvironmentBuilder;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.apache.flink.util.OutputTag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the READMEs promise is what the code does, and the other way round. */
class ReferenceTest {
  private static final Path JOBS = Path.of("README.md");
  private static final Path OPERATORS = Path.of("../operators/README.md");
  private static final Path ROOT = Path.of("../README.md");
  private static final Pattern CODE = Pattern.compile("`([^`]+)`");
  private static final Pattern KNOWN =
      Pattern.compile("p\\.yaml:\\d+: (.*)zzzzzzzzzz: .*here: (.*)");

  /** A value of each key, for a file that uses them all. */
  private static final Map<String, String> VALUES =
      Map.ofEntries(
          Map.entry("name", "support"),
          Map.entry("source.bootstrap-servers", "'localhost:9092'"),
          Map.entry("source.topic", "in"),
          Map.entry("source.format", "avro"),
          Map.entry("source.schema", "src/test/resources/message.avsc"),
          Map.entry("source.start", "latest"),
          Map.entry("text", "[body?]"),
          Map.entry("enrichments[].name", "intent"),
          Map.entry("enrichments[].model", "models/intent"),
          Map.entry("enrichments[].parallelism", "2"),
          Map.entry("enrichments[].heads", "[intent]"),
          Map.entry("enrichments[].top-k", "2"),
          Map.entry("enrichments[].min-score", "0.5"),
          Map.entry("enrichments[].aggregation", "first"),
          Map.entry("enrichments[].golden-records", "warn"),
          Map.entry("enrichments[].batching", "sorted"),
          Map.entry("enrichments[].batching-wait", "20ms"),
          Map.entry("max-characters", "1000"),
          Map.entry("max-record-bytes", "1mb"),
          Map.entry("max-model-bytes", "2gb"),
          Map.entry("answer-cache-bytes", "0"),
          Map.entry("sink.topic", "out"),
          Map.entry("sink.format", "avro-registry"),
          Map.entry("sink.delivery", "at-least-once"),
          Map.entry("dead-letters.topic", "dead"),
          Map.entry("dead-letters.format", "json"),
          Map.entry("checkpoint-interval", "1s"),
          Map.entry("transaction-timeout", "1 min"),
          Map.entry("crash-limit", "5"),
          Map.entry("crash-journal", "state/crashes"),
          Map.entry("schema-registry.url", "'https://localhost:8081'"),
          Map.entry("schema-registry.username", "winnow"),
          Map.entry("schema-registry.password", "secret"),
          Map.entry("schema-registry.token", "secret"),
          Map.entry("schema-registry.truststore", "src/test/resources/registry/server.pem"),
          Map.entry("schema-registry.truststore-password", "changeit"),
          Map.entry("schema-registry.keystore", "src/test/resources/registry/server.p12"),
          Map.entry("schema-registry.keystore-password", "changeit"),
          Map.entry("kafka", "{linger.ms: 5}"));

  /** The other way to log in, which a file has instead. */
  private static final Set<String> INSTEAD = Set.of("schema-registry.token");

  @TempDir Path folder;

  @Test
  void aFileWithAllDocumentedKeysIsAccepted() throws Exception {
    Set<String> documented = documentedKeys();

    assertThat(VALUES.keySet()).containsExactlyInAnyOrderElementsOf(documented);
    documented.removeAll(INSTEAD);
    assertThat(parse(fileOf(documented, "")).name()).isEqualTo("support");
    documented.addAll(INSTEAD);
    documented.removeAll(Set.of("schema-registry.username", "schema-registry.password"));
    assertThat(parse(fileOf(documented, "")).name()).isEqualTo("support");
  }

  @Test
  void everyKeyThatTheReaderKnowsIsDocumented() throws Exception {
    Set<String> documented = documentedKeys();
    Set<String> given = new TreeSet<>(documented);
    given.removeAll(INSTEAD);
    List<String> problems =
        assertThatExceptionOfType(ConfigurationException.class)
            .isThrownBy(() -> parse(fileOf(given, "zzzzzzzzzz: 1")))
            .actual()
            .problems();

    Set<String> known = new TreeSet<>();
    for (String problem : problems) {
      MatchResult match = KNOWN.matcher(problem).results().findFirst().orElseThrow();
      String section = match.group(1).replace("[0]", "[]");
      for (String key : match.group(2).split(", ", -1)) {
        known.add(section + key);
      }
    }
    known.removeAll(
        Set.of(
            "source", "enrichments", "sink", "dead-letters", "schema-registry")); // their keys are
    assertThat(known).isEqualTo(documented);
  }

  @Test
  void everyExampleOfAPipelineIsAccepted() throws Exception {
    Files.writeString(folder.resolve("jaas.conf"), "secret");
    for (Path readme : List.of(ROOT, JOBS)) {
      List<String> examples = blocks(readme, "yaml");
      assertThat(examples).as(readme.toString()).isNotEmpty();
      for (String example : examples) {
        assertThat(parse(example).enrichments()).isNotEmpty();
      }
    }
  }

  @Test
  void everyExampleOfOutputIsJson() throws Exception {
    List<String> examples = blocks(JOBS, "json");

    assertThat(examples).hasSize(4);
    for (String example : examples) {
      assertThat(new ObjectMapper().readTree(example).isObject()).isTrue();
    }
  }

  @Test
  void everyStageAndReasonIsDocumented() throws Exception {
    List<List<String>> rows = table(JOBS, "stage");

    assertThat(rows)
        .extracting(row -> code(row.get(1)))
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(Reason.values()).map(Reason::code).toList());
    assertThat(rows.stream().map(row -> code(row.get(0))).distinct())
        .containsExactly(Arrays.stream(Stage.values()).map(Stage::code).toArray(String[]::new));
    assertThat(rows).allSatisfy(row -> assertThat(row).hasSize(4).doesNotContain(""));
  }

  @Test
  void everyUidIsDocumented() throws Exception {
    assertThat(table(JOBS, "uid"))
        .flatExtracting(row -> codes(row.get(0)))
        .containsExactly(
            Uids.SOURCE,
            Uids.DECODE,
            Uids.enrichment("NAME"),
            Uids.ENCODE,
            Uids.DEAD_LETTERS,
            Uids.SINK,
            Uids.THROTTLE,
            Uids.TALLY_READ,
            Uids.TALLY_TOKENS,
            Uids.TALLY_ENRICHED,
            Uids.TALLY_REJECTED,
            Uids.TALLY,
            Uids.ORIGINAL);
  }

  @Test
  void everyHeaderIsDocumented() throws Exception {
    assertThat(table(JOBS, "header").stream().flatMap(row -> codes(row.get(0)).stream()))
        .containsExactlyInAnyOrder(
            OutputHeaders.SOURCE_TOPIC,
            OutputHeaders.SOURCE_PARTITION,
            OutputHeaders.SOURCE_OFFSET,
            OutputHeaders.PIPELINE,
            OutputHeaders.STAGE,
            OutputHeaders.REASON,
            OutputHeaders.REPLAY,
            OutputHeaders.REDRIVE,
            OutputHeaders.ATTEMPTS);
  }

  @Test
  void everyMetricIsDocumented() throws Exception {
    Set<String> documented = new TreeSet<>();
    for (List<String> row : table(OPERATORS, "metric")) {
      documented.addAll(codes(row.get(0)));
    }

    assertThat(metrics()).isEqualTo(documented);
  }

  /** Returns the metrics that an operator registers, by their names under "winnow". */
  @SuppressWarnings("try") // Flink's test resources may be interrupted while they close
  private static Set<String> metrics() throws Exception {
    Set<String> names = new TreeSet<>();
    TestingMetricRegistry registry =
        TestingMetricRegistry.builder()
            .setRegisterConsumer(
                (metric, name, group) -> {
                  List<String> scope = List.of(group.getScopeComponents());
                  int own = scope.indexOf("winnow");
                  if (own >= 0) {
                    names.add(metricName(scope.subList(own + 1, scope.size()), name));
                  }
                })
            .build();
    OutputTag<DeadLetter> rejected =
        new OutputTag<>("rejected", TypeInformation.of(DeadLetter.class));
    SlmOptions options =
        new SlmOptions(
            "intent",
            ModelReference.of("../operators/src/test/resources/parity/bert-text"),
            HeadOptions.NONE,
            GoldenPolicy.FAIL,
            Batching.EXACT,
            1_000,
            0,
            CrashOptions.NEVER);
    var job =
        TaskManagerMetricGroup.createTaskManagerMetricGroup(
                registry, "localhost", ResourceID.generate())
            .addJob(new JobID(), "job");
    try (MockEnvironment environment =
            new MockEnvironmentBuilder()
                .setMetricGroup(job.addTask(ExecutionAttemptID.randomId(), "task"))
                .build();
        var harness =
            new OneInputStreamOperatorTestHarness<>(
                new SlmOperatorFactory(options, rejected),
                TypeInformation.of(TextEvent.class).createSerializer(new SerializerConfigImpl()),
                environment)) {
      harness.open();
    }
    return names;
  }

  private static String metricName(List<String> groups, String name) {
    List<String> parts = new ArrayList<>(groups);
    for (Reason reason : Reason.values()) {
      parts.replaceAll(part -> part.equals(reason.code()) ? "<code>" : part);
    }
    parts.add(name);
    return String.join(".", parts);
  }

  private static Set<String> documentedKeys() throws IOException {
    Set<String> keys = new TreeSet<>();
    for (List<String> row : table(JOBS, "key")) {
      keys.addAll(codes(row.get(0)));
    }
    return keys;
  }

  /**
   * Returns a file with a value for each key.
   *
   * @param more stands in the root and in each section
   */
  private static String fileOf(Set<String> keys, String more) {
    Map<String, List<String>> sections = new LinkedHashMap<>();
    for (String key : keys) {
      int dot = key.indexOf('.');
      sections
          .computeIfAbsent(key.substring(0, Math.max(0, dot)), section -> new ArrayList<>())
          .add(key.substring(dot + 1) + ": " + VALUES.get(key));
    }
    StringBuilder file = new StringBuilder(more + "\n");
    sections.forEach(
        (section, entries) -> {
          if (section.isEmpty()) {
            entries.forEach(entry -> file.append(entry).append('\n'));
          } else {
            String mapping =
                "{" + String.join(", ", entries) + (more.isEmpty() ? "" : ", " + more) + "}";
            file.append(
                section.endsWith("[]")
                    ? "%s: [%s]\n".formatted(section.replace("[]", ""), mapping)
                    : "%s: %s\n".formatted(section, mapping));
          }
        });
    return file.toString();
  }

  private Pipeline parse(String yaml) throws ConfigurationException {
    return Pipeline.parse(
        "p.yaml", yaml, Substitution.of(Map.of("REGISTRY_PASSWORD", "secret"), folder));
  }

  /** Returns the cells of the rows of the table whose first column has that name. */
  private static List<List<String>> table(Path readme, String firstColumn) throws IOException {
    List<String> lines = Files.readAllLines(readme);
    List<List<String>> rows = new ArrayList<>();
    boolean inTable = false;
    for (String line : lines) {
      if (line.startsWith("| " + firstColumn + " |")) {
        inTable = true;
      } else if (!line.startsWith("|")) {
        inTable = false;
      } else if (inTable && !line.startsWith("|---")) {
        rows.add(
            Arrays.stream(line.substring(1, line.length() - 1).split("\\|", -1))
                .map(String::strip)
                .toList());
      }
    }
    assertThat(rows).as("rows of %s in %s", firstColumn, readme).isNotEmpty();
    return rows;
  }

  private static String code(String cell) {
    return codes(cell).get(0);
  }

  private static List<String> codes(String cell) {
    return CODE.matcher(cell).results().map(match -> match.group(1)).toList();
  }

  private static List<String> blocks(Path readme, String language) throws IOException {
    return Pattern.compile("^```" + language + "\\n(.*?)^```", Pattern.MULTILINE | Pattern.DOTALL)
        .matcher(Files.readString(readme))
        .results()
        .map(match -> match.group(1))
        .toList();
  }
}
