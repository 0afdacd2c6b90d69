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

  /** Makes one that is not opened yet. */
  OperatorHarness(SlmOperatorFactory factory, MetricsProbe metrics) throws Exception {
    super(
        factory,
        TypeInformation.of(TextEvent.class).createSerializer(new SerializerConfigImpl()),
        new MockEnvironmentBuilder().setMetricGroup(metrics.taskGroup()).build());
  }

  /** Makes one that is not opened yet. */
  static OperatorHarness of(TestOptions options, MetricsProbe metrics) throws Exception {
    return new OperatorHarness(new SlmOperatorFactory(options.build(), REJECTED), metrics);
  }

  /** Makes one that is open. */
  static OperatorHarness opened(TestOptions options, MetricsProbe metrics) throws Exception {
    OperatorHarness harness = of(options, metrics);
    try {
      harness.open();
      return harness;
    } catch (Exception e) {
      harness.close();
      throw e;
    }
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
