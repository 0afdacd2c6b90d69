package io.winnow.operators.flink;

import io.winnow.schemas.DeadLetter;
import io.winnow.schemas.EnrichedEvent;
import java.util.List;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.runtime.operators.testutils.MockEnvironmentBuilder;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.apache.flink.util.OutputTag;

/** Runs the operator as a task does. */
@SuppressWarnings("try")
final class OperatorHarness extends OneInputStreamOperatorTestHarness<TextEvent, TextEvent> {
  static final OutputTag<DeadLetter> REJECTED =
      new OutputTag<>("rejected", TypeInformation.of(DeadLetter.class));

  OperatorHarness(SlmOperatorFactory factory, MetricsProbe metrics) throws Exception {
    super(
        factory,
        TypeInformation.of(TextEvent.class).createSerializer(new SerializerConfigImpl()),
        new MockEnvironmentBuilder().setMetricGroup(metrics.taskGroup()).build());
  }

  /** Returns the offsets of the enriched events, in their order. */
  List<Long> offsets() {
    return extractOutputValues().stream()
        .map(event -> event.event().getSource().getOffset())
        .toList();
  }

  /** Returns the first enriched event. */
  EnrichedEvent first() {
    return extractOutputValues().get(0).event();
  }
}
