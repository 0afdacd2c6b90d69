package io.winnow.operators.flink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.winnow.operators.config.ConfigurationException;
import io.winnow.operators.flink.crash.CrashOptions;
import io.winnow.operators.model.Bundles;
import io.winnow.operators.seal.SealedBundles;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("try") // closing a harness throws what the operator throws
class SortedBatchingTest {
  private static final Duration WAIT = Duration.ofMillis(20);

  @TempDir Path folder;
  @RegisterExtension final OperatorExtension operators = new OperatorExtension();
  private Path model;

  @BeforeEach
  void sealAModel() throws Exception {
    model = SealedBundles.copy("bert-text", folder.resolve("model"));
  }

  @Test
  void eventsWaitUntilTheyAreMany() throws Exception {
    try (OperatorHarness harness = operators.opened(options())) {
      for (int i = 0; i < Batching.MOST_EVENTS; i++) {
        assertThat(harness.extractOutputValues()).isEmpty();
        process(harness, i, "Angela met Tim ".repeat(1 + i % 7));
      }

      List<StreamRecord<? extends TextEvent>> records = harness.extractOutputStreamRecords();
      assertThat(harness.offsets()).isEqualTo(offsets(Batching.MOST_EVENTS));
      for (int i = 0; i < records.size(); i++) {
        assertThat(records.get(i).getTimestamp()).isEqualTo(1000 + i);
        assertThat(records.get(i).getValue().event().getEnrichments()).hasSize(1);
      }
      assertThat(operators.metrics().count("records")).isEqualTo(Batching.MOST_EVENTS);
    }
  }

  @Test
  void eventsWaitUntilTheirTextsAreLong() throws Exception {
    try (OperatorHarness harness = operators.opened(options())) {
      process(harness, 0, "Paris ".repeat(1_500));
      assertThat(harness.offsets()).isEmpty();
      process(harness, 1, "Paris ".repeat(1_500));
      assertThat(harness.offsets()).containsExactly(0L, 1L);
    }
  }

  @Test
  void eventsWaitUntilTheirRecordsAreLarge() throws Exception {
    try (OperatorHarness harness = operators.opened(options())) {
      TextEvent event = Events.of(0, "Paris");
      event.event().setPayload(ByteBuffer.allocate(3 << 20)); // fields that no model reads
      harness.processElement(event, 1000);
      assertThat(harness.offsets()).isEmpty();
      harness.processElement(event, 1001);
      assertThat(harness.offsets()).containsExactly(0L, 0L);
    }
  }

  @Test
  void eventsWaitNoLongerThanTheyMay() throws Exception {
    try (OperatorHarness harness = operators.opened(options())) {
      harness.setProcessingTime(100);
      process(harness, 0, "Paris");
      harness.setProcessingTime(110);
      process(harness, 1, "Berlin");
      harness.setProcessingTime(119);
      assertThat(harness.offsets()).isEmpty();
      harness.setProcessingTime(120);
      assertThat(harness.offsets()).containsExactly(0L, 1L);

      process(harness, 2, "Rome");
      harness.setProcessingTime(139);
      assertThat(harness.offsets()).hasSize(2);
      harness.setProcessingTime(140);
      assertThat(harness.offsets()).containsExactly(0L, 1L, 2L);
    }
  }

  @Test
  void noEventIsLeftBehindABarrierAWatermarkOrTheEnd() throws Exception {
    try (OperatorHarness harness = operators.opened(options())) {
      process(harness, 0, "Paris");
      harness.prepareSnapshotPreBarrier(1);
      assertThat(harness.offsets()).containsExactly(0L);

      process(harness, 1, "Paris");
      harness.processWatermark(5000);
      assertThat(new ArrayList<>(harness.getOutput())).last().isEqualTo(new Watermark(5000));
      assertThat(harness.offsets()).containsExactly(0L, 1L);

      process(harness, 2, "Paris");
      harness.endInput();
      harness.getOneInputOperator().finish();
      assertThat(harness.offsets()).containsExactly(0L, 1L, 2L);
    }
  }

  @Test
  void eventsGetTheEnrichmentsThatTheyGetAlone() throws Exception {
    List<String> texts =
        List.of("Paris", "Angela met Tim in Berlin", "Paris", "Siemens AG, Munich");
    try (OperatorHarness sorted = operators.opened(options());
        OperatorHarness exact = operators.opened(TestOptions.of(model))) {
      for (int i = 0; i < texts.size(); i++) {
        process(sorted, i, texts.get(i));
        process(exact, i, texts.get(i));
      }
      sorted.prepareSnapshotPreBarrier(1);

      assertThat(sorted.extractOutputValues())
          .usingRecursiveComparison()
          .withComparatorForType(
              (a, b) -> Math.abs(a - b) < 1e-5 ? 0 : Double.compare(a, b), Double.class)
          .isEqualTo(exact.extractOutputValues());
    }
  }

  @Test
  void textThatCannotBeReadIsRejectedInItsPlace() throws Exception {
    try (OperatorHarness harness = operators.opened(options())) {
      process(harness, 0, "Paris");
      process(harness, 1, " ");
      process(harness, 2, "Berlin");
      harness.prepareSnapshotPreBarrier(1);

      assertThat(harness.offsets()).containsExactly(0L, 2L);
      assertThat(harness.getSideOutput(OperatorHarness.REJECTED))
          .singleElement()
          .satisfies(
              record -> {
                assertThat(record.getTimestamp()).isEqualTo(1001);
                assertThat(record.getValue().getReason()).isEqualTo("empty-text");
                assertThat(record.getValue().getSource().getOffset()).isEqualTo(1);
              });
      assertThat(operators.metrics().count("reason.empty-text.rejected")).isEqualTo(1);
    }
  }

  @Test
  void equalTextsAreComputedOnce() throws Exception {
    try (OperatorHarness harness = operators.opened(options().answerCacheBytes(1 << 20))) {
      process(harness, 0, "Paris");
      process(harness, 1, "Paris");
      harness.prepareSnapshotPreBarrier(1);
      process(harness, 2, "Paris");
      harness.prepareSnapshotPreBarrier(2);

      assertThat(harness.offsets()).isEqualTo(offsets(3));
      assertThat(operators.metrics().count("cacheHits")).isEqualTo(2);
      assertThat(operators.metrics().count("windows")).isEqualTo(1);
    }
  }

  /** A batch that killed the process would kill it again: which event did, only one alone shows. */
  @Test
  void eventsRunAloneAfterTheProcessDied() throws Exception {
    CrashOptions crashes = new CrashOptions(1, folder.resolve("crashes").toString(), "job");
    TestOptions options = options().crashes(crashes);
    Path journal = folder.resolve("crashes/job/support");
    try (OperatorHarness dying = operators.opened(options)) {
      process(dying, 6, "Paris");
      Files.createFile(journal.resolve("record-3-7-1")); // as a death in event 7 leaves it
    }
    try (OperatorHarness harness = operators.opened(options)) {
      process(harness, 6, "Paris");
      process(harness, 7, "Berlin");
      harness.prepareSnapshotPreBarrier(1);

      assertThat(harness.offsets()).containsExactly(6L);
      assertThat(harness.getSideOutput(OperatorHarness.REJECTED))
          .singleElement()
          .satisfies(
              record -> assertThat(record.getValue().getReason()).isEqualTo("process-crashed"));
    }
  }

  @Test
  void aBundleThatIsNotProvenIsRefused() throws Exception {
    Path unsealed = Bundles.copy("bert-text", folder.resolve("unsealed"));
    Path shared = SealedBundles.copy("bert-quantized", folder.resolve("quantized"));

    assertRefused(unsealed, "has no seal; check it with 'winnow seal', or set batching to exact");
    assertRefused(shared, "logits move by up to");
  }

  private void assertRefused(Path bundle, String why) throws Exception {
    TestOptions options = TestOptions.of(bundle).batching(Batching.sorted(WAIT));
    try (OperatorHarness harness = operators.unopened(options)) {
      assertThatExceptionOfType(ConfigurationException.class)
          .isThrownBy(harness::open)
          .withMessageContaining(
              "batching: sorted needs a bundle whose answers are proven not to depend on the batch")
          .withMessageContaining(why);
    }
  }

  private static void process(OperatorHarness harness, int offset, String text) throws Exception {
    harness.processElement(Events.of(offset, text), 1000 + offset);
  }

  private static List<Long> offsets(int count) {
    return LongStream.range(0, count).boxed().toList();
  }

  private TestOptions options() {
    return TestOptions.of(model).batching(Batching.sorted(WAIT));
  }
}
