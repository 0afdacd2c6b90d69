package io.winnow.operators.flink;

import static org.assertj.core.api.Assertions.assertThat;

import io.winnow.operators.flink.crash.CrashBreaker;
import io.winnow.operators.flink.crash.CrashOptions;
import io.winnow.schemas.DeadLetter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What an operator does with a record that killed the process. */
@SuppressWarnings("try") // closing a harness throws what the operator throws
class SlmOperatorCrashTest {
  @TempDir Path folder;
  @RegisterExtension final OperatorExtension operators = new OperatorExtension();

  @Test
  void recordThatKilledTheProcessTooOftenIsADeadLetterAndLoudlySo() throws Exception {
    Path journal = Files.createDirectories(folder.resolve("job/support"));
    Files.createFile(journal.resolve("record-3-7-3"));
    try (LogProbe log = LogProbe.of(CrashBreaker.class);
        OperatorHarness harness = operators.opened(crashing(3))) {
      harness.processElement(Events.of(6, "Paris"), 1);
      harness.processElement(Events.of(7, "London"), 2);
      harness.processElement(Events.of(8, "Berlin"), 3);

      assertThat(harness.offsets()).containsExactly(6L, 8L);
      DeadLetter letter = harness.getSideOutput(OperatorHarness.REJECTED).element().getValue();
      assertThat(letter.getStage()).isEqualTo("enrich");
      assertThat(letter.getReason()).isEqualTo("process-crashed");
      assertThat(letter.getPayload()).isEqualTo(Events.bytes("London"));
      assertThat(operators.metrics().count("reason.process-crashed.rejected")).isEqualTo(1);
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
    try (OperatorHarness harness = operators.opened(crashing(3))) {
      harness.processElement(Events.of(6, "Paris"), 1);
      assertThat(folder.resolve("job/support")).isNotEmptyDirectory();
    }

    assertThat(folder.resolve("job/support")).isEmptyDirectory();
  }

  private TestOptions crashing(int limit) {
    return TestOptions.of("bert-text").crashes(new CrashOptions(limit, folder.toString(), "job"));
  }
}
