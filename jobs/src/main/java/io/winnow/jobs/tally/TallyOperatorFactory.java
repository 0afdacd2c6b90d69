package io.winnow.jobs.tally;

import org.apache.flink.streaming.api.operators.AbstractStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.OneInputStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.StreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;
import org.apache.flink.util.OutputTag;
import org.apache.flink.util.function.SerializableFunction;

/** Makes operators that count what they pass on. */
public final class TallyOperatorFactory<T> extends AbstractStreamOperatorFactory<T>
    implements OneInputStreamOperatorFactory<T, T> {
  private static final long serialVersionUID = 1L;

  private final SerializableFunction<T, Tallies> counting;
  private final OutputTag<Tallies> counted;

  /**
   * Creates a factory.
   *
   * @param counting what an element counts
   * @param counted side output of what was counted since the last time
   */
  public TallyOperatorFactory(
      SerializableFunction<T, Tallies> counting, OutputTag<Tallies> counted) {
    this.counting = counting;
    this.counted = counted;
  }

  @Override
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // as the interface has it
  public <O extends StreamOperator<T>> O createStreamOperator(
      StreamOperatorParameters<T> parameters) {
    return (O) new TallyOperator<>(parameters, counting, counted);
  }

  @Override
  @SuppressWarnings("rawtypes") // as the interface has it
  public Class<? extends StreamOperator> getStreamOperatorClass(ClassLoader classLoader) {
    return TallyOperator.class;
  }
}
