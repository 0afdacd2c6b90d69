package io.winnow.jobs.tally;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.flink.api.common.accumulators.LongCounter;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Adds up what is counted, in one subtask, and shows it as accumulators. The sum is part of each
 * checkpoint: nothing counts twice after a restart.
 */
@SuppressWarnings("NullAway.Init") // the state lives from initializeState on
public final class TallySum extends ProcessFunction<Tallies, Tallies>
    implements CheckpointedFunction {
  private static final long serialVersionUID = 1L;
  private static final String READ = "winnow-read";
  private static final String ENRICHED = "winnow-enriched";
  private static final String REJECTED = "winnow-rejected";
  private static final String TOKENS = "winnow-tokens";

  private static final Set<String> NAMES = Set.of(READ, ENRICHED, REJECTED, TOKENS);

  private final LongCounter read = new LongCounter();
  private final LongCounter enriched = new LongCounter();
  private final LongCounter rejected = new LongCounter();
  private final LongCounter tokens = new LongCounter();

  private transient Tallies sum;
  private transient ListState<Tallies> state;

  /** Returns the sum of a job's accumulators; empty where they are not there (yet, or any more). */
  public static Optional<Tallies> of(Map<String, Object> accumulators) {
    return accumulators.keySet().containsAll(NAMES)
        ? Optional.of(
            new Tallies(
                number(accumulators, READ),
                number(accumulators, ENRICHED),
                number(accumulators, REJECTED),
                number(accumulators, TOKENS)))
        : Optional.empty();
  }

  private static long number(Map<String, Object> accumulators, String name) {
    return accumulators.get(name) instanceof Long number ? number : 0;
  }

  @Override
  public void initializeState(FunctionInitializationContext context) throws Exception {
    state =
        context
            .getOperatorStateStore()
            .getListState(new ListStateDescriptor<>("sum", TypeInformation.of(Tallies.class)));
    sum = Tallies.NONE;
    for (Tallies part : state.get()) {
      sum = sum.plus(part);
    }
  }

  @Override
  public void open(OpenContext context) {
    getRuntimeContext().addAccumulator(READ, read);
    getRuntimeContext().addAccumulator(ENRICHED, enriched);
    getRuntimeContext().addAccumulator(REJECTED, rejected);
    getRuntimeContext().addAccumulator(TOKENS, tokens);
    show(sum);
  }

  @Override
  public void processElement(Tallies counted, Context context, Collector<Tallies> out) {
    sum = sum.plus(counted);
    show(counted);
  }

  /** Adds only, since Flink reads them from another thread at any time. */
  private void show(Tallies more) {
    read.add(more.read());
    enriched.add(more.enriched());
    rejected.add(more.rejected());
    tokens.add(more.tokens());
  }

  @Override
  public void snapshotState(FunctionSnapshotContext context) throws Exception {
    state.update(List.of(sum));
  }
}
