package io.winnow.jobs.bench.text;

import io.winnow.jobs.bench.BenchText;
import io.winnow.jobs.bench.WorkloadKind;
import io.winnow.operators.text.RejectedException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Texts of one kind, as many as are asked for. None comes twice, but for those of a file and for
 * the duplicates of {@link WorkloadKind#DUPLICATES}: a cache of answers that outlives a round would
 * know them.
 *
 * <p>Not thread-safe.
 */
public final class Workload {
  private final WorkloadKind kind;
  private final Supplier<TextSupply> supplies;

  /**
   * Creates a workload.
   *
   * @param supplies asked for the supply of each round
   */
  Workload(WorkloadKind kind, Supplier<TextSupply> supplies) {
    this.kind = kind;
    this.supplies = supplies;
  }

  public WorkloadKind kind() {
    return kind;
  }

  /**
   * Tells whether a cache of answers may be used: texts of a file come over and over, which says
   * nothing of how often they come again in life.
   */
  public boolean mayBeCached() {
    return kind != WorkloadKind.OWN;
  }

  /** Returns the texts of a round: others at each call; those of a file go on where they ended. */
  public List<BenchText> next(int count) throws RejectedException {
    TextSupply supply = supplies.get();
    List<BenchText> texts = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      texts.add(supply.next());
    }
    return texts;
  }

  /** Gives texts, one after the other and without end. */
  interface TextSupply {
    BenchText next() throws RejectedException;
  }
}
