package io.winnow.operators.flink;

import java.util.List;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.runtime.operators.testutils.MockEnvironment;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;

/** Runs the operator as a task does. */
@SuppressWarnings("try")
final class OperatorHarness extends OneInputStreamOperatorTestHarness<TextEvent, TextEvent> {
  OperatorHarness(SlmOperatorFactory factory, MockEnvironment environment) throws Exception {
    super(
        factory,
        TypeInformation.of(TextEvent.class).createSerializer(new SerializerConfigImpl()),
        environment);
  }

  /** Returns the offsets of the enriched events, in their order. */
  List<Long> offsets() {
    return extractOutputValues().stream()
        .map(event -> event.event().getSource().getOffset())
        .toList();
  }
}
