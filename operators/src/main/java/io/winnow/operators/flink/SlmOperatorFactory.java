package io.winnow.operators.flink;

import io.winnow.schemas.DeadLetter;
import org.apache.flink.streaming.api.operators.AbstractStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.OneInputStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.StreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;
import org.apache.flink.util.OutputTag;

/** Makes {@link SlmOperator}s. */
public final class SlmOperatorFactory extends AbstractStreamOperatorFactory<TextEvent>
    implements OneInputStreamOperatorFactory<TextEvent, TextEvent> {
  private static final long serialVersionUID = 1L;

  private final SlmOptions options;
  private final OutputTag<DeadLetter> rejected;

  /**
   * Creates a factory.
   *
   * @param rejected side output of the records that cannot be enriched
   */
  public SlmOperatorFactory(SlmOptions options, OutputTag<DeadLetter> rejected) {
    this.options = options;
    this.rejected = rejected;
  }

  @Override
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // as the interface has it
  public <T extends StreamOperator<TextEvent>> T createStreamOperator(
      StreamOperatorParameters<TextEvent> parameters) {
    return (T) new SlmOperator(parameters, options, rejected);
  }

  @Override
  @SuppressWarnings("rawtypes") // as the interface has it
  public Class<? extends StreamOperator> getStreamOperatorClass(ClassLoader classLoader) {
    return SlmOperator.class;
  }
}
