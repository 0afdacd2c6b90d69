package io.winnow.operators.flink;

import static org.assertj.core.api.Assertions.assertThat;

import io.winnow.operators.inference.SharedModels;
import io.winnow.operators.model.Bundles;
import io.winnow.operators.model.HeadOptions;
import io.winnow.operators.text.Reason;
import io.winnow.schemas.Classification;
import io.winnow.schemas.DeadLetter;
import io.winnow.schemas.EnrichedEvent;
import io.winnow.schemas.Enrichment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.Meter;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@SuppressWarnings("try") // closing a harness throws what the operator throws
class SlmOperatorTest {
  @TempDir Path folder;
  @RegisterExtension final OperatorExtension operators = new OperatorExtension();

  @Test
  void eventsAreEnrichedInTheirOrder() throws Exception {
    try (OperatorHarness harness = operators.opened(TestOptions.of("bert-text"))) {
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
    try (OperatorHarness harness = operators.opened(TestOptions.of("bert-text"))) {
      harness.processElement(Events.of(1, "Paris"), 1);

      Enrichment enrichment = harness.first().getEnrichments().get(0);
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
    try (OperatorHarness harness =
        operators.opened(TestOptions.of("bert-text").maxCharacters(40))) {
      TextEvent event = Events.of(7, text);
      harness.processElement(Events.of(6, "Paris"), 1);
      harness.processElement(event, 2);
      harness.processElement(Events.of(8, "Berlin"), 3);

      assertThat(harness.offsets()).containsExactly(6L, 8L);
      assertThat(harness.getSideOutput(OperatorHarness.REJECTED))
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
      assertThat(operators.metrics().count("records")).isEqualTo(2);
      assertThat(operators.metrics().count("reason." + reason + ".rejected")).isEqualTo(1);
    }
  }

  @Test
  void textWithMoreTokensThanTheModelTakesIsRejected() throws Exception {
    Bundles.copy("bert-text", folder);
    Bundles.settings(folder, "window: {tokens: 16, stride: 0, limit: 2}");
    try (OperatorHarness harness = operators.opened(TestOptions.of(folder))) {
      harness.processElement(Events.of(1, "a ".repeat(28)), 1);
      harness.processElement(Events.of(2, "a ".repeat(29)), 2);

      assertThat(harness.offsets()).containsExactly(1L);
      assertThat(harness.getSideOutput(OperatorHarness.REJECTED))
          .singleElement()
          .satisfies(
              record -> assertThat(record.getValue().getReason()).isEqualTo("text-too-long"));
    }
  }

  @Test
  void metricsHaveTheirDocumentedNamesAndValues() throws Exception {
    Bundles.copy("bert-text", folder);
    Bundles.settings(folder, "window: {tokens: 16, stride: 0}");
    try (OperatorHarness harness = operators.opened(TestOptions.of(folder))) {
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
      assertThat(operators.metrics().metrics()).containsOnlyKeys(names);
      assertThat(operators.metrics().count("records")).isEqualTo(2);
      assertThat(operators.metrics().count("tokens")).isEqualTo(38);
      assertThat(operators.metrics().count("windows")).isEqualTo(3);
      assertThat(operators.metrics().count("inferenceNanos")).isPositive();
      assertThat(operators.metrics().count("reason.empty-text.rejected")).isEqualTo(1);
      assertThat(operators.metrics().count("reason.text-too-long.rejected")).isZero();
      assertThat(operators.metrics().metrics().get("tokensPerSecond"))
          .isInstanceOfSatisfying(Meter.class, m -> assertThat(m.getCount()).isEqualTo(38));
      assertThat(operators.metrics().metrics().get("modelLoadMillis"))
          .isInstanceOfSatisfying(
              Gauge.class, g -> assertThat((Long) g.getValue()).isBetween(0L, 60_000L));
    }
  }

  @Test
  void equalTextsOfAllSubtasksAreComputedOnceAndAnsweredAlike() throws Exception {
    TestOptions options = TestOptions.of("bert-text").answerCacheBytes(1 << 20);
    try (OperatorHarness first = operators.opened(options);
        OperatorHarness second = operators.opened(options)) {
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
      assertThat(operators.metrics().count("records"))
          .isEqualTo(2); // of the second, which came last
      assertThat(operators.metrics().count("cacheHits")).isEqualTo(1);
      assertThat(operators.metrics().count("cacheSavedNanos")).isPositive();
      assertThat(operators.metrics().count("windows")).isEqualTo(1);
    }
  }

  @Test
  void watermarksPassInTheirPlace() throws Exception {
    try (OperatorHarness harness = operators.opened(TestOptions.of("bert-text"))) {
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
    try (OperatorHarness harness = operators.opened(TestOptions.of("bert-quantized"))) {
      harness.processElement(Events.of(1, "Paris"), 1);
      harness.prepareSnapshotPreBarrier(1);
      state = harness.snapshot(1, 1);
      before = harness.first();
      assertThat(state.hasState()).isFalse();
    }

    try (OperatorHarness harness = operators.unopened(TestOptions.of("bert-quantized"))) {
      harness.initializeState(state);
      harness.open();
      harness.processElement(Events.of(1, "Paris"), 1);

      assertThat(harness.first()).isEqualTo(before);
    }
  }

  @Test
  void eventThatComesInStaysAsItIs() throws Exception {
    try (OperatorHarness harness = operators.opened(TestOptions.of("bert-text"))) {
      TextEvent event = Events.of(1, "Angela met Tim");
      TextEvent same = Events.of(1, "Angela met Tim");
      harness.processElement(event, 1);

      assertThat(event).isEqualTo(same);
      assertThat(event.event().getPayload().position()).isZero();
      assertThat(harness.first().getEnrichments()).hasSize(1);
    }
  }

  @Test
  void subtasksShareOneModelAndTheLastReleasesIt() throws Exception {
    OperatorHarness first = operators.opened(TestOptions.of("bert-text"));
    OperatorHarness second = operators.opened(TestOptions.of("bert-text"));
    assertThat(SharedModels.ofProcess().size()).isEqualTo(1);

    first.close();
    assertThat(SharedModels.ofProcess().size()).isEqualTo(1);
    second.processElement(Events.of(1, "Paris"), 1);
    assertThat(second.offsets()).containsExactly(1L);

    second.close();
    assertThat(SharedModels.ofProcess().size()).isZero();
  }

  @Test
  void factoryTravelsToTheTaskManager() throws Exception {
    HeadOptions heads = new HeadOptions(List.of("default"), null, 0.5, null);
    SlmOperatorFactory factory =
        InstantiationUtil.clone(
            new SlmOperatorFactory(
                TestOptions.of("bert-token").heads(heads).build(), OperatorHarness.REJECTED));
    try (OperatorHarness harness = operators.unopened(factory)) {
      harness.open();
      harness.processElement(Events.of(1, "Paris"), 1);

      assertThat(factory.getStreamOperatorClass(getClass().getClassLoader()))
          .isEqualTo(SlmOperator.class);
      assertThat(harness.first().getEnrichments()).hasSize(1);
    }
  }
}
