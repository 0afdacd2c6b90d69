package io.winnow.operators.flink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.winnow.operators.config.ConfigurationException;
import io.winnow.operators.config.Kind;
import io.winnow.operators.config.Secrets;
import io.winnow.operators.config.Substitution;
import io.winnow.operators.config.YamlFile;
import io.winnow.operators.flink.crash.CrashBreaker;
import io.winnow.operators.flink.crash.CrashOptions;
import io.winnow.operators.inference.InferenceException;
import io.winnow.operators.inference.SharedModels;
import io.winnow.operators.model.Bundles;
import io.winnow.operators.model.HeadOptions;
import io.winnow.operators.model.TinyGraph;
import io.winnow.operators.seal.GoldenPolicy;
import io.winnow.operators.seal.SealedBundles;
import io.winnow.operators.text.Reason;
import io.winnow.schemas.Classification;
import io.winnow.schemas.DeadLetter;
import io.winnow.schemas.EnrichedEvent;
import io.winnow.schemas.Enrichment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.Meter;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.operators.testutils.MockEnvironment;
import org.apache.flink.runtime.operators.testutils.MockEnvironmentBuilder;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.ExceptionUtils;
import org.apache.flink.util.InstantiationUtil;
import org.apache.flink.util.OutputTag;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@SuppressWarnings("try") // closing a harness throws what the operator throws
class SlmOperatorTest {
  private static final OutputTag<DeadLetter> REJECTED =
      new OutputTag<>("rejected", TypeInformation.of(DeadLetter.class));

  @TempDir Path folder;
  private final MetricsProbe metrics = new MetricsProbe();

  @AfterEach
  void noModelIsLeftInTheProcess() {
    assertThat(SharedModels.ofProcess().size()).isZero();
  }

  @Test
  void eventsAreEnrichedInTheirOrder() throws Exception {
    try (OperatorHarness harness = opened("bert-text")) {
      for (int i = 0; i < 20; i++) {
        harness.processElement(Events.of(i, "Angela met Tim " + i), 1000 + i);
      }

      List<StreamRecord<? extends TextEvent>> records = harness.extractOutputStreamRecords();
      assertThat(records).hasSize(20);
      for (int i = 0; i < 20; i++) {
        assertThat(records.get(i).getTimestamp()).isEqualTo(1000 + i);
        EnrichedEvent event = records.get(i).getValue().event();
        assertThat(event.getSource().getOffset()).isEqualTo(i);
        assertThat(event.getPayload()).isEqualTo(Events.bytes("Angela met Tim " + i));
        assertThat(event.getEnrichments()).hasSize(1);
      }
    }
  }

  @Test
  void enrichmentSaysWhereItComesFrom() throws Exception {
    try (OperatorHarness harness = opened("bert-text")) {
      harness.processElement(Events.of(1, "Paris"), 1);

      Enrichment enrichment = first(harness).getEnrichments().get(0);
      assertThat(enrichment.getName()).isEqualTo("support");
      assertThat(enrichment.getHead()).isEqualTo("default");
      assertThat(enrichment.getTask()).isEqualTo("text-classification");
      assertThat(enrichment.getModel()).isEqualTo("bert-text");
      assertThat(enrichment.getFingerprint()).isEqualTo(Bundles.read("bert-text").fingerprint());
      assertThat(enrichment.getTokens()).isEqualTo(1);
      assertThat(enrichment.getTokensRead()).isEqualTo(1);
      assertThat(((Classification) enrichment.getResult()).getLabels()).hasSize(1);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "'', empty-text, 'Expected a text, but found none'",
    "'  ', empty-text, 'Expected a text, but found 2 characters of white space only'",
    "a\ud800b, invalid-unicode,"
        + " 'Expected Unicode text, but found the lone surrogate U+D800 at character 1'",
    "12345678901234567890123456789012345678901, text-too-long,"
        + " 'Expected a text of at most 40 characters, but found 41; raise ''max-characters'' or"
        + " shorten it at its source'",
  })
  void textThatCannotBeReadIsRejectedWhole(String text, String reason, String message)
      throws Exception {
    try (OperatorHarness harness = opened(options("bert-text", 40))) {
      TextEvent event = Events.of(7, text);
      harness.processElement(Events.of(6, "Paris"), 1);
      harness.processElement(event, 2);
      harness.processElement(Events.of(8, "Berlin"), 3);

      assertThat(harness.offsets()).containsExactly(6L, 8L);
      assertThat(harness.getSideOutput(REJECTED))
          .singleElement()
          .satisfies(
              record -> {
                assertThat(record.getTimestamp()).isEqualTo(2);
                assertThat(record.getValue())
                    .isEqualTo(
                        new DeadLetter(
                            event.event().getSource(),
                            event.event().getKey(),
                            event.event().getHeaders(),
                            event.event().getPayload(),
                            "enrich",
                            reason,
                            message));
              });
      assertThat(metrics.count("records")).isEqualTo(2);
      assertThat(metrics.count("reason." + reason + ".rejected")).isEqualTo(1);
    }
  }

  @Test
  void textWithMoreTokensThanTheModelTakesIsRejected() throws Exception {
    Bundles.copy("bert-text", folder);
    Bundles.settings(folder, "window: {tokens: 16, stride: 0, limit: 2}");
    try (OperatorHarness harness = opened(options(folder.toString(), 1000))) {
      harness.processElement(Events.of(1, "a ".repeat(28)), 1);
      harness.processElement(Events.of(2, "a ".repeat(29)), 2);

      assertThat(harness.offsets()).containsExactly(1L);
      assertThat(harness.getSideOutput(REJECTED))
          .singleElement()
          .satisfies(
              record -> assertThat(record.getValue().getReason()).isEqualTo("text-too-long"));
    }
  }

  @Test
  void metricsHaveTheirDocumentedNamesAndValues() throws Exception {
    Bundles.copy("bert-text", folder);
    Bundles.settings(folder, "window: {tokens: 16, stride: 0}");
    try (OperatorHarness harness = opened(options(folder.toString(), 1000))) {
      harness.processElement(Events.of(1, "a ".repeat(10)), 1);
      harness.processElement(Events.of(2, "a ".repeat(28)), 2);
      harness.processElement(Events.of(3, ""), 3);

      List<String> names =
          new ArrayList<>(
              List.of(
                  "records",
                  "tokens",
                  "windows",
                  "inferenceNanos",
                  "cacheHits",
                  "cacheSavedNanos",
                  "tokensPerSecond",
                  "modelLoadMillis"));
      for (Reason reason : Reason.values()) {
        names.add("reason." + reason.code() + ".rejected");
      }
      assertThat(metrics.metrics()).containsOnlyKeys(names);
      assertThat(metrics.count("records")).isEqualTo(2);
      assertThat(metrics.count("tokens")).isEqualTo(38);
      assertThat(metrics.count("windows")).isEqualTo(3);
      assertThat(metrics.count("inferenceNanos")).isPositive();
      assertThat(metrics.count("reason.empty-text.rejected")).isEqualTo(1);
      assertThat(metrics.count("reason.text-too-long.rejected")).isZero();
      assertThat(metrics.metrics().get("tokensPerSecond"))
          .isInstanceOfSatisfying(Meter.class, m -> assertThat(m.getCount()).isEqualTo(38));
      assertThat(metrics.metrics().get("modelLoadMillis"))
          .isInstanceOfSatisfying(
              Gauge.class, g -> assertThat((Long) g.getValue()).isBetween(0L, 60_000L));
    }
  }

  @Test
  void recordThatKilledTheProcessTooOftenIsADeadLetterAndLoudlySo() throws Exception {
    Path journal = Files.createDirectories(folder.resolve("job/support"));
    Files.createFile(journal.resolve("record-3-7-3"));
    SlmOptions options = crashing(3);
    try (LogProbe log = LogProbe.of(CrashBreaker.class);
        OperatorHarness harness = opened(options)) {
      harness.processElement(Events.of(6, "Paris"), 1);
      harness.processElement(Events.of(7, "London"), 2);
      harness.processElement(Events.of(8, "Berlin"), 3);

      assertThat(harness.offsets()).containsExactly(6L, 8L);
      DeadLetter letter = harness.getSideOutput(REJECTED).element().getValue();
      assertThat(letter.getStage()).isEqualTo("enrich");
      assertThat(letter.getReason()).isEqualTo("process-crashed");
      assertThat(letter.getPayload()).isEqualTo(Events.bytes("London"));
      assertThat(metrics.count("reason.process-crashed.rejected")).isEqualTo(1);
      assertThat(log.lines())
          .anySatisfy(
              line ->
                  assertThat(line)
                      .startsWith("ERROR Enrichment support: messages-3@7 is set aside"));

      assertThat(journal.resolve("record-3-7-3")).exists();
      harness.prepareSnapshotPreBarrier(1);
      harness.snapshot(1, 3);
      harness.notifyOfCompletedCheckpoint(1);
      assertThat(journal.resolve("record-3-7-3")).doesNotExist();
    }
  }

  @Test
  void journalIsEmptyAfterAnOrderlyEnd() throws Exception {
    try (OperatorHarness harness = opened(crashing(3))) {
      harness.processElement(Events.of(6, "Paris"), 1);
      assertThat(folder.resolve("job/support")).isNotEmptyDirectory();
    }

    assertThat(folder.resolve("job/support")).isEmptyDirectory();
  }

  private SlmOptions crashing(int limit) {
    return new SlmOptions(
        "support",
        model(Bundles.folder("bert-text")),
        HeadOptions.NONE,
        GoldenPolicy.FAIL,
        Batching.EXACT,
        1000,
        0,
        new CrashOptions(limit, folder.toString(), "job"));
  }

  @Test
  void equalTextsOfAllSubtasksAreComputedOnceAndAnsweredAlike() throws Exception {
    SlmOptions options =
        new SlmOptions(
            "support",
            model(Bundles.folder("bert-text")),
            HeadOptions.NONE,
            GoldenPolicy.FAIL,
            Batching.EXACT,
            1000,
            1 << 20,
            CrashOptions.NEVER);
    try (OperatorHarness first = opened(options);
        OperatorHarness second = opened(options)) {
      first.processElement(Events.of(1, "Paris"), 1);
      first.processElement(Events.of(2, "Paris"), 2);
      second.processElement(Events.of(3, "Paris"), 3);
      second.processElement(Events.of(4, "London"), 4);

      List<EnrichedEvent> events = new ArrayList<>();
      first.extractOutputValues().forEach(event -> events.add(event.event()));
      second.extractOutputValues().forEach(event -> events.add(event.event()));
      assertThat(events.subList(1, 3))
          .allSatisfy(
              event ->
                  assertThat(event.getEnrichments()).isEqualTo(events.get(0).getEnrichments()));
      assertThat(events.get(3).getEnrichments()).isNotEqualTo(events.get(0).getEnrichments());
      assertThat(metrics.count("records")).isEqualTo(2); // of the second, which came last
      assertThat(metrics.count("cacheHits")).isEqualTo(1);
      assertThat(metrics.count("cacheSavedNanos")).isPositive();
      assertThat(metrics.count("windows")).isEqualTo(1);
    }
  }

  @Test
  void watermarksPassInTheirPlace() throws Exception {
    try (OperatorHarness harness = opened("bert-text")) {
      harness.processElement(Events.of(1, "Paris"), 1);
      harness.processWatermark(5);
      harness.processElement(Events.of(2, "Paris"), 6);

      assertThat(harness.getOutput())
          .satisfiesExactly(
              first -> assertThat(first).isInstanceOf(StreamRecord.class),
              second -> assertThat(second).isEqualTo(new Watermark(5)),
              third -> assertThat(third).isInstanceOf(StreamRecord.class));
    }
  }

  @Test
  void checkpointHoldsNothingAndARestoredOperatorGivesTheSameAnswers() throws Exception {
    OperatorSubtaskState state;
    EnrichedEvent before;
    try (OperatorHarness harness = opened("bert-quantized")) {
      harness.processElement(Events.of(1, "Paris"), 1);
      harness.prepareSnapshotPreBarrier(1);
      state = harness.snapshot(1, 1);
      before = first(harness);
      assertThat(state.hasState()).isFalse();
    }

    try (OperatorHarness harness = harness(options("bert-quantized", 1000))) {
      harness.initializeState(state);
      harness.open();
      harness.processElement(Events.of(1, "Paris"), 1);

      assertThat(first(harness)).isEqualTo(before);
    }
  }

  @Test
  void eventThatComesInStaysAsItIs() throws Exception {
    try (OperatorHarness harness = opened("bert-text")) {
      TextEvent event = Events.of(1, "Angela met Tim");
      TextEvent same = Events.of(1, "Angela met Tim");
      harness.processElement(event, 1);

      assertThat(event).isEqualTo(same);
      assertThat(event.event().getPayload().position()).isZero();
      assertThat(first(harness).getEnrichments()).hasSize(1);
    }
  }

  @Test
  void subtasksShareOneModelAndTheLastReleasesIt() throws Exception {
    OperatorHarness first = opened("bert-text");
    OperatorHarness second = opened("bert-text");
    assertThat(SharedModels.ofProcess().size()).isEqualTo(1);

    first.close();
    assertThat(SharedModels.ofProcess().size()).isEqualTo(1);
    second.processElement(Events.of(1, "Paris"), 1);
    assertThat(second.offsets()).containsExactly(1L);

    second.close();
    assertThat(SharedModels.ofProcess().size()).isZero();
  }

  @Test
  void brokenBundleFailsTheStartWithAllItsProblems() throws Exception {
    Bundles.copy("bert-text", folder);
    Files.delete(folder.resolve("tokenizer.json"));
    Files.delete(folder.resolve("model.onnx"));
    try (OperatorHarness harness = harness(options(folder.toString(), 1000))) {
      assertThatExceptionOfType(ConfigurationException.class)
          .isThrownBy(harness::open)
          .satisfies(e -> assertThat(e.problems()).hasSize(2));
    }
  }

  @Test
  void modelThatDoesNotFitItsLabelsFailsTheStartAndIsReleased() throws Exception {
    Bundles.of(
        TinyGraph.ofIds(TinyGraph.INT64)
            .textLogits("stated", 1, 2)
            .node("Identity", List.of("stated"), "logits")
            .output("logits", TinyGraph.FLOAT, -1, -1),
        folder);
    Bundles.settings(
        folder, "heads: [{name: a, task: text-classification, output: logits, labels: [x, y, z]}]");
    try (OperatorHarness harness = harness(options(folder.toString(), 1000))) {
      assertThatExceptionOfType(InferenceException.class).isThrownBy(harness::open);
    }
  }

  @Test
  void sealedBundleOpensWithOtherOptionsThanItsOwn() throws Exception {
    SealedBundles.copy("bert-quantized", folder);
    HeadOptions options = new HeadOptions(List.of(), 5, 0.01, null);
    try (OperatorHarness harness =
        opened(
            new SlmOptions(
                "support",
                model(folder),
                options,
                GoldenPolicy.FAIL,
                Batching.EXACT,
                1000,
                0,
                CrashOptions.NEVER))) {
      harness.processElement(Events.of(1, "Paris"), 1);

      assertThat(harness.offsets()).containsExactly(1L);
    }
  }

  @Test
  void goldenRecordThatIsAnsweredOtherwiseFailsTheStart() throws Exception {
    mismatched();
    try (OperatorHarness harness = harness(options(folder.toString(), 1000))) {
      assertThatExceptionOfType(ConfigurationException.class)
          .isThrownBy(harness::open)
          .withMessageContaining("answers 1 of 4 golden records otherwise than when it was sealed")
          .withMessageContaining("expected sports 0.99, found sports 0.7");
    }
  }

  @Test
  void goldenRecordThatIsAnsweredOtherwiseIsLoggedOnceWhereThePipelineAllowsIt() throws Exception {
    mismatched();
    SlmOptions options =
        new SlmOptions(
            "support",
            model(folder),
            HeadOptions.NONE,
            GoldenPolicy.WARN,
            Batching.EXACT,
            1000,
            0,
            CrashOptions.NEVER);
    try (LogProbe log = LogProbe.of(SlmOperator.class);
        OperatorHarness first = opened(options);
        OperatorHarness second = opened(options)) {
      first.processElement(Events.of(1, "Paris"), 1);
      second.processElement(Events.of(2, "Paris"), 2);

      assertThat(first.offsets()).containsExactly(1L);
      assertThat(second.offsets()).containsExactly(2L);
      assertThat(log.lines())
          .singleElement()
          .asString()
          .startsWith("WARN Enrichment support: " + folder + " answers 1 of 4 golden records");
    }
  }

  @Test
  void bundleThatWasChangedBehindItsSealFailsTheStart() throws Exception {
    SealedBundles.copy("bert-quantized", folder);
    Files.delete(folder.resolve("golden.jsonl"));
    try (OperatorHarness harness = harness(options(folder.toString(), 1000))) {
      assertThatExceptionOfType(ConfigurationException.class)
          .isThrownBy(harness::open)
          .withMessageContaining("golden.jsonl with SHA-256");
    }
  }

  @Test
  void anotherModelThanTheJobStartedWithFailsTheStartUntilTheFormerIsBack() throws Exception {
    Bundles.copy("bert-text", folder);
    String fingerprint = Bundles.read("bert-text").fingerprint();
    SlmOptions options = expecting(fingerprint);
    try (OperatorHarness harness = opened(options)) {
      Bundles.settings(folder, "window: {tokens: 16}");
      harness.processElement(Events.of(1, "Paris"), 1);
      assertThat(first(harness).getEnrichments().get(0).getFingerprint()).isEqualTo(fingerprint);
    }

    try (OperatorHarness harness = harness(options)) {
      assertThatExceptionOfType(ConfigurationException.class)
          .isThrownBy(harness::open)
          .withMessageMatching(
              "Expected the model at %s as it was when the job was started \\(fingerprint %s\\), found another one \\([0-9a-f]{32}\\); put the former one back and the job goes on, or cancel the job and start it anew with this one"
                  .formatted(folder, fingerprint));
    }

    Files.delete(folder.resolve("winnow.yaml"));
    try (OperatorHarness harness = opened(options)) {
      harness.processElement(Events.of(1, "Paris"), 1);
      assertThat(harness.offsets()).containsExactly(1L);
    }
  }

  /** ONNX Runtime maps such weights: they would change in memory, or end the process. */
  @Test
  void externalWeightsThatAreWrittenOverChangeNothingThatRuns() throws Exception {
    Bundles.copy("bert-external", folder);
    Path weights = folder.resolve("model.onnx_data");
    try (OperatorHarness harness = opened(options(folder.toString(), 1000))) {
      harness.processElement(Events.of(1, "Paris"), 1);
      Files.write(weights, new byte[(int) Files.size(weights)]);
      harness.processElement(Events.of(2, "Paris"), 2);
      Files.write(weights, new byte[1]);
      harness.processElement(Events.of(3, "Paris"), 3);

      assertThat(harness.extractOutputValues())
          .extracting(event -> event.event().getEnrichments())
          .hasSize(3)
          .containsOnly(first(harness).getEnrichments());
    }
  }

  @Test
  void failureShowsWhereAPlaceholdersValueComesFromInsteadOfIt() throws Exception {
    Path secret = folder.resolve("hunter2");
    SlmOptions options =
        new SlmOptions(
            "support",
            new ModelReference(secret.toString(), 1, null, secrets(secret.toString())),
            HeadOptions.NONE,
            GoldenPolicy.FAIL,
            Batching.EXACT,
            1000,
            0,
            CrashOptions.NEVER);
    try (OperatorHarness harness = harness(InstantiationUtil.clone(options))) {
      assertThatException()
          .isThrownBy(harness::open)
          .satisfies(
              e ->
                  assertThat(ExceptionUtils.stringifyException(e))
                      .contains("Expected a model folder at <from ${env:MODEL}>, found nothing")
                      .doesNotContain("hunter2"));
    }

    Files.createSymbolicLink(secret, secret); // a failure of the file system, with causes
    try (OperatorHarness harness = harness(options)) {
      assertThatException()
          .isThrownBy(harness::open)
          .satisfies(
              e ->
                  assertThat(ExceptionUtils.stringifyException(e))
                      .contains("<from ${env:MODEL}>")
                      .doesNotContain("hunter2"));
    }
  }

  /** Returns the secrets of a file whose model comes from the environment. */
  private static Secrets secrets(String model) throws ConfigurationException {
    return YamlFile.parse(
            "p.yaml", "model: ${env:MODEL}", Substitution.of(Map.of("MODEL", model), Path.of("")))
        .as(
            root -> {
              root.required("model", Kind.string());
              return root.secrets();
            });
  }

  private SlmOptions expecting(String fingerprint) {
    ModelReference model =
        new ModelReference(
            folder.toString(), ModelReference.DEFAULT_MAX_BYTES, fingerprint, Secrets.none());
    return new SlmOptions(
        "support",
        model,
        HeadOptions.NONE,
        GoldenPolicy.FAIL,
        Batching.EXACT,
        1000,
        0,
        CrashOptions.NEVER);
  }

  private void mismatched() throws Exception {
    SealedBundles.copy("bert-quantized", folder);
    SealedBundles.editGolden(
        folder, golden -> golden.replaceFirst("\"score\":[0-9.E-]+", "\"score\":0.99"));
  }

  @Test
  void factoryTravelsToTheTaskManager() throws Exception {
    SlmOperatorFactory factory =
        InstantiationUtil.clone(
            new SlmOperatorFactory(
                new SlmOptions(
                    "support",
                    model(Bundles.folder("bert-token")),
                    new HeadOptions(List.of("default"), null, 0.5, null),
                    GoldenPolicy.FAIL,
                    Batching.EXACT,
                    1000,
                    0,
                    CrashOptions.NEVER),
                REJECTED));
    try (OperatorHarness harness = new OperatorHarness(factory, environment())) {
      harness.open();
      harness.processElement(Events.of(1, "Paris"), 1);

      assertThat(factory.getStreamOperatorClass(getClass().getClassLoader()))
          .isEqualTo(SlmOperator.class);
      assertThat(first(harness).getEnrichments()).hasSize(1);
    }
  }

  private OperatorHarness opened(String bundle) throws Exception {
    return opened(options(bundle, 1000));
  }

  private OperatorHarness opened(SlmOptions options) throws Exception {
    OperatorHarness harness = harness(options);
    try {
      harness.open();
      return harness;
    } catch (Exception e) {
      harness.close();
      throw e;
    }
  }

  private OperatorHarness harness(SlmOptions options) throws Exception {
    return new OperatorHarness(new SlmOperatorFactory(options, REJECTED), environment());
  }

  private MockEnvironment environment() {
    return new MockEnvironmentBuilder().setMetricGroup(metrics.taskGroup()).build();
  }

  private static SlmOptions options(String bundle, int maxCharacters) {
    Path model = bundle.startsWith("/") ? Path.of(bundle) : Bundles.folder(bundle);
    return new SlmOptions(
        "support",
        model(model),
        HeadOptions.NONE,
        GoldenPolicy.FAIL,
        Batching.EXACT,
        maxCharacters,
        0,
        CrashOptions.NEVER);
  }

  private static ModelReference model(Path folder) {
    return ModelReference.of(folder.toString());
  }

  private static EnrichedEvent first(OperatorHarness harness) {
    return harness.extractOutputValues().get(0).event();
  }
}
