package io.winnow.jobs.tally;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.ProcessOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.apache.flink.util.OutputTag;
import org.junit.jupiter.api.Test;

@SuppressWarnings("try") // a harness may be interrupted while it closes
class TallyOperatorTest {
  private static final OutputTag<Tallies> COUNTED =
      new OutputTag<>("counted", TypeInformation.of(Tallies.class));

  @Test
  void elementsPassAndWhatIsCountedIsSentBeforeABarrierAndAtTheEnd() throws Exception {
    try (var harness = counting()) {
      harness.open();
      harness.setProcessingTime(1_000);
      harness.processElement(new StreamRecord<>("a")); // sent at once: the first one
      harness.processElement(new StreamRecord<>("b"));
      harness.processElement(new StreamRecord<>("c"));
      assertThat(counted(harness)).containsExactly(1L);

      harness.prepareSnapshotPreBarrier(1);
      assertThat(counted(harness)).containsExactly(1L, 2L);

      harness.processElement(new StreamRecord<>("d"));
      harness.endInput();
      harness.getOneInputOperator().finish();
      assertThat(counted(harness)).containsExactly(1L, 2L, 1L);
      assertThat(harness.extractOutputValues()).containsExactly("a", "b", "c", "d");
    }
  }

  @Test
  void nowAndThenItTellsWhatItCounted() throws Exception {
    try (var harness = counting()) {
      harness.open();
      harness.setProcessingTime(1_000);
      harness.processElement(new StreamRecord<>("a"));
      harness.processElement(new StreamRecord<>("b"));
      harness.setProcessingTime(1_000 + TallyOperator.FLUSH_MILLIS);
      harness.processElement(new StreamRecord<>("c"));

      assertThat(counted(harness)).containsExactly(1L, 2L);
    }
  }

  @Test
  void nothingIsSentWhereNothingWasCounted() throws Exception {
    try (var harness = counting()) {
      harness.open();
      harness.prepareSnapshotPreBarrier(1);

      assertThat(harness.getSideOutput(COUNTED)).isNull();
    }
  }

  @Test
  void theSumGoesOnFromItsCheckpoint() throws Exception {
    OperatorSubtaskState state;
    try (var harness = summing()) {
      harness.open();
      harness.processElement(new StreamRecord<>(new Tallies(3, 2, 1, 40)));
      harness.processElement(new StreamRecord<>(Tallies.READ));
      state = harness.snapshot(1, 1);
      harness.processElement(new StreamRecord<>(new Tallies(9, 9, 9, 9))); // lost with the process
    }

    try (var harness = summing()) {
      harness.initializeState(state);
      harness.open();
      harness.processElement(new StreamRecord<>(Tallies.ENRICHED));

      assertThat(sum(harness)).isEqualTo(new Tallies(4, 3, 1, 40));
    }
  }

  @Test
  void withoutAccumulatorsThereIsNoSum() {
    assertThat(TallySum.of(Map.of())).isEmpty();
    assertThat(TallySum.of(Map.of("winnow-read", 7L, "other", "x"))).isEmpty();
  }

  private static OneInputStreamOperatorTestHarness<String, String> counting() throws Exception {
    return new OneInputStreamOperatorTestHarness<>(
        new TallyOperatorFactory<>(element -> Tallies.READ, COUNTED),
        Types.STRING.createSerializer(new SerializerConfigImpl()));
  }

  private static OneInputStreamOperatorTestHarness<Tallies, Tallies> summing() throws Exception {
    return new OneInputStreamOperatorTestHarness<>(
        new ProcessOperator<>(new TallySum()),
        TypeInformation.of(Tallies.class).createSerializer(new SerializerConfigImpl()));
  }

  private static List<Long> counted(OneInputStreamOperatorTestHarness<?, ?> harness) {
    List<Long> counted = new ArrayList<>();
    harness.getSideOutput(COUNTED).forEach(record -> counted.add(record.getValue().read()));
    return counted;
  }

  private static Tallies sum(OneInputStreamOperatorTestHarness<?, ?> harness) {
    Map<String, Object> values = new HashMap<>();
    harness
        .getEnvironment()
        .getAccumulatorRegistry()
        .getUserMap()
        .forEach((name, accumulator) -> values.put(name, accumulator.getLocalValue()));
    return TallySum.of(values).orElseThrow();
  }
}
